import type { CohortDto } from '@/lib/api/schema';
import { day } from '@/lib/days';
import { count } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { percent } from '../amounts';
import { ReportCard } from '../card/report-card';
import { Grid } from '../charts/grid';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

const STEPS = ['contacted', 'qualified', 'won', 'lost'] as const;
const NAMES = { contacted: 'Contacted', qualified: 'Qualified', won: 'Won', lost: 'Lost' } as const;
const share = (cohort: CohortDto, step: (typeof STEPS)[number]) =>
  cohort.arrived === 0 ? 0 : cohort[step] / cohort.arrived;

/** What became of the leads of each week so far: young weeks had less time. */
export function CohortsCard({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/cohorts', search);
  const drill = useDrill(search);
  return (
    <ReportCard
      title="Cohorts"
      about="Leads by the week they arrived in, and what became of them so far; young weeks had less time"
      report={report}
      path="/api/v1/analytics/cohorts"
      query={reportQuery(search)}
      isWide
      isEmpty={({ cohorts }) => cohorts.every(({ arrived }) => arrived === 0)}
      chart={({ cohorts }) => (
        <Grid
          label="Cohorts by week of arrival"
          drill={drill}
          left={118}
          columns={STEPS.map((step) => NAMES[step])}
          rows={cohorts.map((cohort) => ({
            key: cohort.week,
            label: `${day(cohort.week)} · ${count(cohort.arrived)}`,
            cells: STEPS.map((step) => ({
              strength: share(cohort, step),
              text: `${percent(share(cohort, step))} (${count(cohort[step])})`,
              title: `Week of ${day(cohort.week)}: ${count(cohort[step])} of ${count(cohort.arrived)} ${step}`,
              cell: { report: 'cohorts', cell: `${cohort.week}:${step}` },
            })),
          }))}
        />
      )}
      table={({ cohorts }) => ({
        head: ['Week of', 'Arrived', ...STEPS.map((step) => NAMES[step])],
        rows: cohorts.map((cohort) => [
          day(cohort.week),
          count(cohort.arrived),
          ...STEPS.map((step) => (
            <DrillLink key={step} drill={drill} cell={{ report: 'cohorts', cell: `${cohort.week}:${step}` }}>
              {`${count(cohort[step])} (${percent(share(cohort, step))})`}
            </DrillLink>
          )),
        ]),
      })}
    />
  );
}
