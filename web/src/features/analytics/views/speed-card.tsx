import { Text } from '@mantine/core';
import { count } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { percent, span } from '../amounts';
import { ReportCard } from '../card/report-card';
import { Bars, barsHeight } from '../charts/bars';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

export const WITHIN: Readonly<Record<string, string>> = {
  '5m': 'Within 5 min',
  '30m': 'Within 30 min',
  '1h': 'Within an hour',
  '4h': 'Within 4 hours',
  '24h': 'Within a day',
  later: 'Later',
  never: 'Not yet',
};

/** Pixels of the line over the bars. */
const MEDIAN_HEIGHT = 30;

/** How long new leads wait for their first contact. */
export function SpeedCard({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/speed-to-lead', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <ReportCard
      title="Speed to lead"
      about={`From the assignment to the first contact${isCompared ? '; dashed: the days before' : ''}`}
      report={report}
      path="/api/v1/analytics/speed-to-lead"
      query={reportQuery(search)}
      least={MEDIAN_HEIGHT + barsHeight(7)}
      isEmpty={({ buckets }) => buckets.every(({ leads }) => leads === 0)}
      chart={({ buckets, median_minutes, previous }) => {
        const all = buckets.reduce((sum, { leads }) => sum + leads, 0);
        return (
          <>
            <Text size="sm" mb="xs">
              Median{' '}
              <Text span fw={600}>
                {span(median_minutes)}
              </Text>
              {isCompared && (
                <Text span c="dimmed">
                  , was {span(previous.median_minutes)}
                </Text>
              )}
            </Text>
            <Bars
              label="Leads by time to the first contact"
              drill={drill}
              isHatched={({ key }) => key === 'never'}
              bars={buckets.map(({ within, leads }, place) => ({
                key: within,
                label: WITHIN[within] ?? within,
                amount: leads,
                text: `${count(leads)} · ${percent(all === 0 ? null : leads / all)}`,
                ...(isCompared && { before: previous.buckets[place]?.leads ?? 0 }),
                cell: { report: 'speed-to-lead', cell: within },
              }))}
            />
          </>
        );
      }}
      table={({ buckets, previous }) => ({
        head: ['First contact', 'Leads', ...(isCompared ? ['Before'] : [])],
        rows: buckets.map(({ within, leads }, place) => [
          WITHIN[within] ?? within,
          <DrillLink key="leads" drill={drill} cell={{ report: 'speed-to-lead', cell: within }}>
            {count(leads)}
          </DrillLink>,
          ...(isCompared ? [count(previous.buckets[place]?.leads ?? 0)] : []),
        ]),
      })}
    />
  );
}
