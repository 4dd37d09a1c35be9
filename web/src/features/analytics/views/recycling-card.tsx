import { count } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { dollars, percent } from '../amounts';
import { ReportCard } from '../card/report-card';
import { Bars, barsHeight } from '../charts/bars';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

const TIMES: Readonly<Record<number, string>> = { 1: 'Once', 2: 'Twice', 3: 'Three times or more' };

/** What leads bring that came back to the pool and were worked again. */
export function RecyclingCard({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/recycling', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <ReportCard
      title="What recycling brings"
      about="Leads that came back to the pool in these days, by how often, and how many of them were won"
      report={report}
      path="/api/v1/analytics/recycling"
      query={reportQuery(search)}
      isWide
      least={barsHeight(3, true)}
      isEmpty={({ recycling }) => recycling.every(({ recycled }) => recycled === 0)}
      chart={({ recycling, previous }) => (
        <Bars
          label="Recycled leads by how often"
          drill={drill}
          bars={recycling.map((row, place) => ({
            key: String(row.times),
            label: TIMES[row.times] ?? String(row.times),
            amount: row.recycled,
            text: `${count(row.recycled)} · ${count(row.won)} won (${percent(row.yield)})`,
            note: `${count(row.waiting)} wait, ${count(row.working)} at work, ${count(row.lost)} lost`,
            ...(isCompared && { before: previous.recycling[place]?.recycled ?? 0 }),
            cell: { report: 'recycling', cell: String(row.times) },
          }))}
        />
      )}
      table={({ recycling }) => ({
        head: ['Recycled', 'Leads', 'Wait', 'At work', 'Won', 'Lost', 'Yield', 'Deal value'],
        rows: recycling.map((row) => [
          TIMES[row.times] ?? row.times,
          <DrillLink key="leads" drill={drill} cell={{ report: 'recycling', cell: String(row.times) }}>
            {count(row.recycled)}
          </DrillLink>,
          count(row.waiting),
          count(row.working),
          count(row.won),
          count(row.lost),
          percent(row.yield, 1),
          dollars(row.deal_value),
        ]),
      })}
    />
  );
}
