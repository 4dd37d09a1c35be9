import { Group, Text } from '@mantine/core';
import { count, words } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { dollars, percent } from '../amounts';
import { ReportCard } from '../card/report-card';
import { Bars, barsHeight } from '../charts/bars';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

/** Pixels of the figures over the bars. */
const FIGURES_HEIGHT = 60;

/** Open leads by stage and what they may bring, with an interval as wide as what it rests on is thin. */
export function ForecastCard({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/pipeline', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <ReportCard
      title="Pipeline and forecast"
      about="Open leads by stage; their worth by the chance that leads of each stage had"
      report={report}
      path="/api/v1/analytics/pipeline"
      query={reportQuery(search)}
      least={FIGURES_HEIGHT + barsHeight(6, true)}
      isEmpty={({ stages }) => stages.every(({ leads }) => leads === 0)}
      chart={({ stages, previous, ...forecast }) => (
        <>
          <Group gap="xl" mb="sm">
            <div>
              <Text size="xl" fw={600}>
                {forecast.mean_deal_value === null ? '–' : dollars(forecast.expected_value)}
              </Text>
              <Text size="xs" c="dimmed">
                {forecast.mean_deal_value === null
                  ? 'No forecast: no deal with a value was won in these days'
                  : `Expected; 95 % between ${dollars(forecast.expected_value_low)} and ${dollars(forecast.expected_value_high)}`}
              </Text>
            </div>
            {forecast.mean_deal_value !== null && (
              <div>
                <Text size="xl" fw={600}>
                  {dollars(forecast.mean_deal_value)}
                </Text>
                <Text size="xs" c="dimmed">
                  Mean deal
                </Text>
              </div>
            )}
          </Group>
          <Bars
            label="Open leads by stage"
            drill={drill}
            bars={stages.map((stage, place) => ({
              key: stage.status,
              label: words(stage.status),
              amount: stage.leads,
              text: [count(stage.leads), stage.expected_value === null ? '' : dollars(stage.expected_value)]
                .filter(Boolean)
                .join(' · '),
              note:
                stage.chance === null
                  ? 'no chance known'
                  : `${percent(stage.chance)} chance (${percent(stage.chance_low)}–${percent(stage.chance_high)})`,
              ...(isCompared && { before: previous.stages[place]?.leads ?? 0 }),
              cell: { report: 'pipeline', cell: stage.status },
            }))}
          />
        </>
      )}
      table={({ stages }) => ({
        head: ['Stage', 'Open', 'Chance', '95 % interval', 'Rests on', 'Expected'],
        rows: stages.map((stage) => [
          words(stage.status),
          <DrillLink key="leads" drill={drill} cell={{ report: 'pipeline', cell: stage.status }}>
            {count(stage.leads)}
          </DrillLink>,
          percent(stage.chance, 1),
          stage.chance === null ? '–' : `${percent(stage.chance_low)} – ${percent(stage.chance_high)}`,
          `${count(stage.closed)} closed`,
          dollars(stage.expected_value),
        ]),
      })}
    />
  );
}
