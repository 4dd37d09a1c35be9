import { count, words } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { percent, span } from '../amounts';
import { ReportCard } from '../card/report-card';
import { Bars, barsHeight } from '../charts/bars';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

const hours = (amount: number | null): string => span(amount === null ? null : amount * 60);

/** How far the leads that arrived have come. */
export function FunnelCard({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/funnel', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <ReportCard
      title="Funnel"
      about={`Leads that arrived, by how far they came; median time in each stage${isCompared ? '; dashed: the days before' : ''}`}
      report={report}
      path="/api/v1/analytics/funnel"
      query={reportQuery(search)}
      least={barsHeight(8, true)}
      isEmpty={({ stages }) => stages.every(({ reached }) => reached === 0)}
      chart={({ stages, previous, lost }) => (
        <Bars
          label="Funnel"
          drill={drill}
          isHatched={({ key }) => key === 'lost'}
          bars={[
            ...stages.map((stage, place) => ({
              key: stage.status,
              label: words(stage.status),
              amount: stage.reached,
              text: [
                count(stage.reached),
                stage.conversion_from_previous === null ? '' : percent(stage.conversion_from_previous),
              ]
                .filter(Boolean)
                .join(' · '),
              note:
                stage.median_hours_in_stage === null ? '' : `${hours(stage.median_hours_in_stage)} in stage`,
              ...(isCompared && { before: previous.stages[place]?.reached ?? 0 }),
              cell: { report: 'funnel', cell: stage.status },
            })),
            {
              key: 'lost',
              label: 'Lost on the way',
              amount: lost,
              text: count(lost),
              note: '',
              ...(isCompared && { before: previous.lost }),
              cell: { report: 'funnel', cell: 'lost' },
            },
          ]}
        />
      )}
      table={({ stages, previous }) => ({
        head: [
          'Stage',
          'Reached',
          'Of the one before',
          'Of all',
          'Median in stage',
          ...(isCompared ? ['Reached before'] : []),
        ],
        rows: stages.map((stage, place) => [
          words(stage.status),
          <DrillLink key="reached" drill={drill} cell={{ report: 'funnel', cell: stage.status }}>
            {count(stage.reached)}
          </DrillLink>,
          percent(stage.conversion_from_previous, 1),
          percent(stage.conversion_from_start, 1),
          hours(stage.median_hours_in_stage),
          ...(isCompared ? [count(previous.stages[place]?.reached ?? 0)] : []),
        ]),
      })}
    />
  );
}
