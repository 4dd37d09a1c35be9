import type { CohortDto, CohortsResponse } from '@/lib/api/schema';
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
type Step = (typeof STEPS)[number];
const share = (cohort: CohortDto | undefined, step: Step) =>
  !cohort || cohort.arrived === 0 ? 0 : cohort[step] / cohort.arrived;
const shareBefore = (cohort: CohortDto | undefined, step: Step) =>
  cohort ? percent(share(cohort, step)) : '–';

const WEEK = 7 * 86_400_000;
/** Which week of its report's days a cohort is; the first one begins before them, unless they begin on a Monday. */
const placeOf = ({ week }: CohortDto, from: string): number =>
  Math.ceil((Date.parse(week) - Date.parse(from)) / WEEK);

/** The cohort of the days before that is in the same place; weeks in which nothing arrived are not there. */
function cohortBefore(
  { from, previous_from, previous }: Omit<CohortsResponse, 'cohorts'>,
  cohort: CohortDto,
): CohortDto | undefined {
  return previous.cohorts.find((each) => placeOf(each, previous_from) === placeOf(cohort, from));
}

/** What became of the leads of each week so far: young weeks had less time. */
export function CohortsCard({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/cohorts', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <ReportCard
      title="Cohorts"
      about={`Leads by the week they arrived in, and what became of them so far; young weeks had less time${isCompared ? '; dashed: as many weeks before' : ''}`}
      report={report}
      path="/api/v1/analytics/cohorts"
      query={reportQuery(search)}
      isWide
      isEmpty={({ cohorts }) => cohorts.every(({ arrived }) => arrived === 0)}
      chart={({ cohorts, ...report }) => (
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
              title: `Week of ${day(cohort.week)}: ${count(cohort[step])} of ${count(cohort.arrived)} ${step}${isCompared ? `; before: ${shareBefore(cohortBefore(report, cohort), step)}` : ''}`,
              ...(isCompared && { before: share(cohortBefore(report, cohort), step) }),
              cell: { report: 'cohorts', cell: `${cohort.week}:${step}` },
            })),
          }))}
        />
      )}
      table={({ cohorts, ...report }) => ({
        head: [
          'Week of',
          'Arrived',
          ...STEPS.map((step) => NAMES[step]),
          ...(isCompared ? STEPS.map((step) => `${NAMES[step]} before`) : []),
        ],
        rows: cohorts.map((cohort) => [
          day(cohort.week),
          count(cohort.arrived),
          ...STEPS.map((step) => (
            <DrillLink key={step} drill={drill} cell={{ report: 'cohorts', cell: `${cohort.week}:${step}` }}>
              {`${count(cohort[step])} (${percent(share(cohort, step))})`}
            </DrillLink>
          )),
          ...(isCompared ? STEPS.map((step) => shareBefore(cohortBefore(report, cohort), step)) : []),
        ]),
      })}
    />
  );
}
