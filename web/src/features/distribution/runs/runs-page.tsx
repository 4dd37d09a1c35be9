import { Button } from '@mantine/core';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { useRuns } from '../api/use-runs';
import classes from '../distribution.module.css';
import { LeadersOnly } from '../leaders-only';
import { RunButtons } from './run-buttons';
import { RunTable } from './run-table';

/** Every run, whoever or whatever began it. */
export function RunsPage() {
  return (
    <LeadersOnly>
      <Runs />
    </LeadersOnly>
  );
}

function Runs() {
  const runs = useRuns();
  const all = runs.data?.pages.flatMap((page) => page.runs) ?? [];
  const running = all.filter(({ state }) => state === 'running').length;
  return (
    <>
      <PageHeader title="Runs" note={running > 0 ? `${running} under way` : undefined}>
        <RunButtons />
      </PageHeader>
      <div className={classes.page}>
        {runs.isPending && <LoadingRows />}
        {runs.isError && <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />}
        {runs.isSuccess && all.length === 0 && (
          <EmptyState title="Nothing has run yet">
            Runs come with new leads, closed leads and the schedule, or by “Redistribute now”.
          </EmptyState>
        )}
        {all.length > 0 && <RunTable runs={all} />}
        {runs.hasNextPage && (
          <Button
            variant="subtle"
            mt="xs"
            loading={runs.isFetchingNextPage}
            onClick={() => void runs.fetchNextPage()}
          >
            Earlier runs
          </Button>
        )}
      </div>
    </>
  );
}
