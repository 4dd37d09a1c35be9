import { count } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { percent } from '../amounts';
import { ReportCard } from '../card/report-card';
import { Intervals, intervalsHeight } from '../charts/intervals';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';
import { WITHIN } from './speed-card';

/** Whether a quick first contact wins deals. */
export function SpeedWinsCard({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/speed-to-lead', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <ReportCard
      title="Does speed win?"
      about={`Won of closed leads by time to the first contact, with 95 % intervals${isCompared ? '; hollow: the days before' : ''}`}
      report={report}
      path="/api/v1/analytics/speed-to-lead"
      query={reportQuery(search)}
      least={intervalsHeight(7)}
      isEmpty={({ buckets }) => buckets.every(({ closed }) => closed === 0)}
      chart={({ buckets, previous }) => (
        <Intervals
          label="Win rate by time to the first contact"
          drill={drill}
          intervals={buckets.map((bucket, place) => ({
            key: bucket.within,
            label: WITHIN[bucket.within] ?? bucket.within,
            rate: bucket.win_rate,
            low: bucket.low,
            high: bucket.high,
            before: isCompared ? previous.buckets[place]?.win_rate : undefined,
            text:
              bucket.win_rate === null
                ? 'none closed'
                : `${percent(bucket.win_rate)} · ${bucket.won}/${bucket.closed}`,
            cell: { report: 'speed-to-lead', cell: `${bucket.within}:closed` },
          }))}
        />
      )}
      table={({ buckets }) => ({
        head: ['First contact', 'Win rate', '95 % interval', 'Won', 'Closed'],
        rows: buckets.map(({ within, win_rate, low, high, won, closed }) => [
          WITHIN[within] ?? within,
          percent(win_rate, 1),
          win_rate === null ? '–' : `${percent(low)} – ${percent(high)}`,
          <DrillLink key="won" drill={drill} cell={{ report: 'speed-to-lead', cell: `${within}:won` }}>
            {count(won)}
          </DrillLink>,
          count(closed),
        ]),
      })}
    />
  );
}
