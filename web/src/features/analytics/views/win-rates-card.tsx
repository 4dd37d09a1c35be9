import { Group, Select, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { WinRateGroupDto } from '@/lib/api/schema';
import { count, words } from '@/lib/format';
import { DIMENSIONS, type Dimension, type ReportSearch, reportQuery } from '@/lib/report-search';
import { dollars, percent } from '../amounts';
import { ReportCard } from '../card/report-card';
import { Intervals, intervalsHeight } from '../charts/intervals';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

const NAMES: Readonly<Record<Dimension, string>> = {
  source: 'Source',
  state: 'State',
  specialty: 'Specialty',
  agent: 'Agent',
  practice_size: 'Practice size',
  score_band: 'Score',
};
const SHOWN = 12;

/** How often deals are won, by what the leads are; honest about how little some rates rest on. */
export function WinRatesCard({ search }: { search: ReportSearch }) {
  const navigate = useNavigate();
  const by = (search.by ?? 'source') as Dimension;
  const report = useReport('/api/v1/analytics/win-rates', search, { by });
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  const nameOf = ({ label }: WinRateGroupDto) => (by === 'source' ? words(label) : label);
  const closed = (group: WinRateGroupDto) => ({ report: 'win-rates', cell: `${group.key}:closed`, by });
  return (
    <ReportCard
      title="Win rates"
      about={`Won of closed, with 95 % intervals${isCompared ? '; hollow: the days before' : ''}`}
      report={report}
      path="/api/v1/analytics/win-rates"
      query={{ ...reportQuery(search), by }}
      least={intervalsHeight(5)}
      choice={
        <Group gap="xs">
          <Select
            size="xs"
            w={150}
            aria-label="By"
            data={DIMENSIONS.map((value) => ({ value, label: `By ${NAMES[value].toLowerCase()}` }))}
            value={by}
            allowDeselect={false}
            onChange={(value) =>
              void navigate({ to: '/analytics', search: { ...search, by: value ?? 'source' }, replace: true })
            }
          />
        </Group>
      }
      isEmpty={({ groups }) => groups.length === 0}
      chart={({ groups, groups_below_minimum, previous }) => (
        <>
          <Intervals
            label={`Win rates by ${NAMES[by].toLowerCase()}`}
            drill={drill}
            intervals={groups.slice(0, SHOWN).map((group) => ({
              key: group.key,
              label: nameOf(group),
              rate: group.win_rate,
              low: group.low,
              high: group.high,
              before: isCompared ? previous.groups.find(({ key }) => key === group.key)?.win_rate : undefined,
              text: `${percent(group.win_rate)} · ${count(group.won)}/${count(group.closed)}`,
              cell: closed(group),
            }))}
          />
          {(groups_below_minimum > 0 || groups.length > SHOWN) && (
            <Text size="xs" c="dimmed">
              {[
                groups.length > SHOWN && `The first ${SHOWN} of ${groups.length}; the table has all`,
                groups_below_minimum > 0 && `${groups_below_minimum} with fewer than 5 closed leads left out`,
              ]
                .filter(Boolean)
                .join('. ')}
              .
            </Text>
          )}
        </>
      )}
      table={({ groups, previous }) => ({
        head: [
          NAMES[by],
          'Win rate',
          '95 % interval',
          'Won',
          'Closed',
          'Deal value',
          ...(isCompared ? ['Before'] : []),
        ],
        rows: groups.map((group) => [
          nameOf(group),
          percent(group.win_rate, 1),
          `${percent(group.low)} – ${percent(group.high)}`,
          <DrillLink key="won" drill={drill} cell={{ ...closed(group), cell: `${group.key}:won` }}>
            {count(group.won)}
          </DrillLink>,
          <DrillLink key="closed" drill={drill} cell={closed(group)}>
            {count(group.closed)}
          </DrillLink>,
          dollars(group.deal_value),
          ...(isCompared
            ? [percent(previous.groups.find(({ key }) => key === group.key)?.win_rate ?? null, 1)]
            : []),
        ]),
      })}
    />
  );
}
