import { Text } from '@mantine/core';
import { count } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { ReportCard } from '../card/report-card';
import { Diverging } from '../charts/diverging';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';
import classes from './views.module.css';

/** Nobody should be a whole lead away from what the policy entitles them to. */
const BOUND = 1;
const signed = (amount: number): string => `${amount > 0 ? '+' : ''}${amount.toFixed(2)}`;

export function FairnessView({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/fairness', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <div className={classes.grid}>
      <ReportCard
        title="Fairness of distribution"
        about="Leads received against what the policies in force entitled to; dashed: one lead either way"
        report={report}
        path="/api/v1/analytics/fairness"
        query={reportQuery(search)}
        isWide
        isEmpty={({ agents }) => agents.every(({ received, entitled }) => received === 0 && entitled === 0)}
        chart={({ agents, largest_deviation, fairness_index, previous }) => (
          <>
            <Text size="sm" mb="sm">
              Farthest from their share: <b>{largest_deviation.toFixed(2)} leads</b>
              {isCompared && ` (was ${previous.largest_deviation.toFixed(2)})`}. Fairness index{' '}
              <b>{fairness_index === null ? '–' : fairness_index.toFixed(4)}</b>; 1 is when all got the same
              share of theirs.
            </Text>
            <Diverging
              label="Leads above or below the fair share"
              bound={BOUND}
              drill={drill}
              deviations={agents.map(({ agent_id, full_name, deviation }) => ({
                key: String(agent_id),
                label: full_name,
                amount: deviation,
                text: signed(deviation),
                cell: { report: 'fairness', cell: String(agent_id) },
              }))}
            />
          </>
        )}
        table={({ agents }) => ({
          head: ['Agent', 'Received', 'Entitled', 'Deviation', 'Mean score'],
          rows: agents.map(({ agent_id, full_name, received, entitled, deviation, mean_score }) => [
            full_name,
            <DrillLink key="received" drill={drill} cell={{ report: 'fairness', cell: String(agent_id) }}>
              {count(received)}
            </DrillLink>,
            entitled.toFixed(2),
            signed(deviation),
            mean_score === null ? '–' : mean_score.toFixed(1),
          ]),
        })}
      />
    </div>
  );
}
