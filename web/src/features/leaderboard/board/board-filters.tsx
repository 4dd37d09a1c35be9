import { Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { DayRange } from '@/components/day-range';
import { useMe } from '@/lib/api/session';
import { type BoardSearch, METRIC_NAMES, type Metric, PERIOD_NAMES, type Period } from '@/lib/board-search';
import { dayFromNow } from '@/lib/days';
import { usePeople } from '@/lib/people';

const TYPING_MS = 300;

interface BoardFiltersProps {
  search: BoardSearch;
  onChange: (search: BoardSearch) => void;
}

export function BoardFilters({ search, onChange }: BoardFiltersProps) {
  const teams = useTeams();
  const set = (change: BoardSearch) => onChange({ ...search, ...change });
  const setSpecialty = useDebouncedCallback(
    (specialty: string) => set({ specialty: specialty.trim() || undefined }),
    TYPING_MS,
  );
  const period = search.period ?? 'week';
  const choose = (next: Period) =>
    next === 'custom'
      ? set({ period: next, from: dayFromNow(-29), to: dayFromNow() })
      : set({ period: next, from: undefined, to: undefined });
  return (
    <Group gap="xs" mb="sm">
      <SegmentedControl
        size="xs"
        aria-label="Period"
        data={Object.entries(PERIOD_NAMES).map(([value, label]) => ({ value, label }))}
        value={period}
        onChange={(value) => choose(value as Period)}
      />
      {period === 'custom' && search.from && search.to && (
        <DayRange from={search.from} to={search.to} onChange={set} />
      )}
      <Select
        size="xs"
        w={150}
        aria-label="Metric"
        data={Object.entries(METRIC_NAMES).map(([value, label]) => ({ value, label }))}
        value={search.metric ?? 'points'}
        allowDeselect={false}
        onChange={(metric) => set({ metric: (metric ?? 'points') as Metric })}
      />
      {teams.length > 0 && (
        <Select
          size="xs"
          w={180}
          aria-label="Team"
          placeholder="Every team"
          data={teams}
          value={search.team_id ?? null}
          clearable
          onChange={(team_id) => set({ team_id: team_id ?? undefined })}
        />
      )}
      <TextInput
        size="xs"
        w={160}
        aria-label="Specialty"
        placeholder="Any specialty"
        maxLength={100}
        defaultValue={search.specialty ?? ''}
        onChange={(event) => setSpecialty(event.currentTarget.value)}
      />
    </Group>
  );
}

/** Teams that one can name: all for admins, one's own for everybody else. */
export function useTeams(): { value: string; label: string }[] {
  const me = useMe();
  const { data: people = [] } = usePeople();
  if (me.role === 'manager') return [{ value: String(me.id), label: 'My team' }];
  if (me.role === 'agent') {
    return me.manager_id === null ? [] : [{ value: String(me.manager_id), label: 'My team' }];
  }
  return people
    .filter(({ role, is_active }) => role === 'manager' && is_active)
    .map(({ id, full_name }) => ({ value: String(id), label: `Team ${full_name}` }));
}
