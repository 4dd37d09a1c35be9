import { Button, Group, Popover, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { USPS_STATE_CODES } from '@server/leads/fields/state';
import { IconFilter } from '@tabler/icons-react';
import { DayRange } from '@/components/day-range';
import { useMe } from '@/lib/api/session';
import { dayFromNow } from '@/lib/days';
import { type LeadSource, SOURCES } from '@/lib/domain';
import { words } from '@/lib/format';
import { isLeader } from '@/lib/people';
import { DEFAULT_RANGE, RANGE_NAMES, type Range, type ReportSearch } from '@/lib/report-search';
import { useScopes } from './use-scope';

const TYPING_MS = 300;
const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'UTC',
];

interface ReportFiltersProps {
  search: ReportSearch;
  onChange: (search: ReportSearch) => void;
}

/** Which days, whose, and which leads; all of it in the address. */
export function ReportFilters({ search, onChange }: ReportFiltersProps) {
  const me = useMe();
  const { teams, agents } = useScopes(search.team_id);
  const set = (change: ReportSearch) => onChange({ ...search, ...change });
  const { range = DEFAULT_RANGE } = search;
  const chooseRange = (next: Range) =>
    next === 'custom'
      ? set({ range: next, from: dayFromNow(-29), to: dayFromNow() })
      : set({ range: next, from: undefined, to: undefined });
  return (
    <Group gap="xs" mb="md">
      <Select
        size="xs"
        w={150}
        aria-label="Days"
        data={Object.entries(RANGE_NAMES).map(([value, label]) => ({ value, label }))}
        value={range}
        allowDeselect={false}
        onChange={(value) => chooseRange((value ?? DEFAULT_RANGE) as Range)}
      />
      {range === 'custom' && search.from && search.to && (
        <DayRange from={search.from} to={search.to} onChange={set} />
      )}
      {me.role === 'admin' && (
        <Select
          size="xs"
          w={170}
          aria-label="Team"
          placeholder="Every team"
          clearable
          data={teams}
          value={search.team_id ?? null}
          onChange={(team_id) => set({ team_id: team_id ?? undefined, agent_id: undefined })}
        />
      )}
      {isLeader(me) && (
        <Select
          size="xs"
          w={170}
          aria-label="Agent"
          placeholder="Every agent"
          clearable
          searchable
          data={agents}
          value={search.agent_id ?? null}
          onChange={(agent_id) => set({ agent_id: agent_id ?? undefined })}
        />
      )}
      <MoreFilters search={search} onChange={onChange} />
    </Group>
  );
}

function MoreFilters({ search, onChange }: ReportFiltersProps) {
  const set = (change: ReportSearch) => onChange({ ...search, ...change });
  const setSpecialty = useDebouncedCallback(
    (specialty: string) => set({ specialty: specialty.trim() || undefined }),
    TYPING_MS,
  );
  const { source, state, specialty, time_zone } = search;
  const active = [source, state, specialty, time_zone].filter(Boolean).length;
  return (
    <>
      <Popover shadow="md" position="bottom-start" trapFocus width={260}>
        <Popover.Target>
          <Button size="xs" variant="default" leftSection={<IconFilter size={14} aria-hidden />}>
            {active === 0 ? 'More filters' : `More filters, ${active} set`}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="sm">
            <Select
              size="xs"
              label="Source"
              placeholder="Every source"
              clearable
              comboboxProps={{ withinPortal: false }}
              data={SOURCES.map((value) => ({ value, label: words(value) }))}
              value={source ?? null}
              onChange={(value) => set({ source: (value as LeadSource | null) ?? undefined })}
            />
            <Select
              size="xs"
              label="State"
              placeholder="Every state"
              clearable
              searchable
              comboboxProps={{ withinPortal: false }}
              data={[...USPS_STATE_CODES]}
              value={state ?? null}
              onChange={(value) => set({ state: value ?? undefined })}
            />
            <TextInput
              size="xs"
              label="Specialty"
              placeholder="Any specialty"
              maxLength={100}
              defaultValue={specialty ?? ''}
              onChange={(event) => setSpecialty(event.currentTarget.value)}
            />
            <Select
              size="xs"
              label="Time zone of days and hours"
              placeholder="The company's"
              clearable
              comboboxProps={{ withinPortal: false }}
              data={time_zone && !ZONES.includes(time_zone) ? [...ZONES, time_zone] : ZONES}
              value={time_zone ?? null}
              onChange={(value) => set({ time_zone: value ?? undefined })}
            />
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {active > 0 && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() =>
            set({ source: undefined, state: undefined, specialty: undefined, time_zone: undefined })
          }
        >
          Clear
        </Button>
      )}
    </>
  );
}
