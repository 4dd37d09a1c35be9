import { count } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { ReportCard } from '../card/report-card';
import { Bars } from '../charts/bars';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

/** How long open leads have been in their stage. */
export function AgesCard({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/stuck-leads', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <ReportCard
      title="Ageing"
      about={`Open leads by days in their present stage${isCompared ? '; dashed: the days before' : ''}`}
      report={report}
      path="/api/v1/analytics/stuck-leads"
      query={reportQuery(search)}
      isEmpty={({ ages }) => ages.every(({ leads }) => leads === 0)}
      chart={({ ages, previous }) => (
        <Bars
          label="Open leads by days in stage"
          drill={drill}
          bars={ages.map(({ days, leads }, place) => ({
            key: days,
            label: `${days} days`,
            amount: leads,
            text: count(leads),
            ...(isCompared && { before: previous.ages[place]?.leads ?? 0 }),
            cell: { report: 'stuck-leads', cell: days },
          }))}
        />
      )}
      table={({ ages, previous }) => ({
        head: ['Days in stage', 'Leads', ...(isCompared ? ['Before'] : [])],
        rows: ages.map(({ days, leads }, place) => [
          days,
          <DrillLink key="leads" drill={drill} cell={{ report: 'stuck-leads', cell: days }}>
            {count(leads)}
          </DrillLink>,
          ...(isCompared ? [count(previous.ages[place]?.leads ?? 0)] : []),
        ]),
      })}
    />
  );
}
