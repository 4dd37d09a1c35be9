import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Figure, Figures } from '@/components/figures';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { OverviewResponse } from '@/lib/api/schema';
import { count } from '@/lib/format';
import { useOverview } from '../api/use-overview';
import { useRuns } from '../api/use-runs';
import classes from '../distribution.module.css';
import { RunButtons } from '../runs/run-buttons';
import { RunTable } from '../runs/run-table';
import { AgentTable } from './agent-table';
import { Breakdown } from './breakdown';
import page from './overview.module.css';

const PRIORITIES = ['A+', 'A', 'B+', 'B', 'C'];
const LAST_RUNS = 5;

/** Pool and agents at a glance. */
export function OverviewPage() {
  const overview = useOverview();
  return (
    <>
      <PageHeader title="Distribution">
        <RunButtons />
      </PageHeader>
      <div className={classes.page}>
        {overview.isPending && <LoadingRows rows={10} />}
        {overview.isError && <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />}
        {overview.data && <Overview overview={overview.data} />}
      </div>
    </>
  );
}

function Overview({ overview: { pool, agents } }: { overview: OverviewResponse }) {
  const taking = agents.filter(({ takes_part }) => takes_part);
  const available = taking.filter(({ availability }) => availability.state === 'available').length;
  const load = taking.reduce((sum, { active_leads }) => sum + active_leads, 0);
  const capacity = taking.reduce((sum, agent) => sum + agent.capacity, 0);
  const furthest = Math.max(0, ...taking.map(({ deviation }) => Math.abs(deviation)));
  return (
    <>
      <Figures label="The distribution now">
        <Figure
          label="Waiting in the pool"
          value={count(pool.total)}
          note={
            pool.do_not_contact > 0 ? `and ${count(pool.do_not_contact)} that nobody may contact` : undefined
          }
        />
        <Figure
          label="Available now"
          value={`${available} of ${taking.length}`}
          note="agents who take part"
        />
        <Figure
          label="Places filled"
          value={capacity > 0 ? `${Math.round((load / capacity) * 100)} %` : '—'}
          note={`${count(load)} of ${count(capacity)} active leads`}
        />
        <Figure label="Largest deviation" value={furthest.toFixed(2)} note="leads from one’s share" />
        <Figure
          label="In quarantine"
          value={count(pool.quarantined)}
          note={
            pool.quarantined > 0 ? (
              <Link to="/distribution/held" search={{ list: 'quarantine' }} className={page.link}>
                Look at them
              </Link>
            ) : (
              'taken back too often'
            )
          }
        />
      </Figures>
      <div className={page.columns}>
        <section aria-label="Agents" className={page.agents}>
          <h2 className={classes.heading}>Agents</h2>
          {agents.length === 0 ? (
            <EmptyState title="There is no agent yet">Leads wait in the pool until there is one.</EmptyState>
          ) : (
            <AgentTable agents={agents} />
          )}
        </section>
        <div className={page.side}>
          <Breakdown title="Why leads wait" kind="reason" counts={pool.by_reason} />
          <Breakdown
            title="What waits, by priority"
            kind="priority"
            counts={pool.by_priority}
            order={PRIORITIES}
          />
          <LastRuns />
        </div>
      </div>
    </>
  );
}

function LastRuns() {
  const runs = useRuns();
  const last = (runs.data?.pages[0]?.runs ?? []).slice(0, LAST_RUNS);
  return (
    <section aria-label="Last runs">
      <div className={page.head}>
        <h2 className={classes.heading}>Last runs</h2>
        <Link to="/distribution/runs" className={page.link}>
          All runs
        </Link>
      </div>
      {last.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing has run yet.
        </Text>
      ) : (
        <RunTable runs={last} isBrief />
      )}
    </section>
  );
}
