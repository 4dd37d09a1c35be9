import { Button } from '@mantine/core';
import { IconArrowsSplit2, IconRecycle } from '@tabler/icons-react';
import { useState } from 'react';
import { useRecycleCheck, useRedistribute, useRuns } from '../api/use-runs';
import { type RunOutcome, RunReport } from './run-report';

/** Runs by hand; what came of one is reported, and how it goes is seen in the list of runs meanwhile. */
export function RunButtons() {
  const redistribute = useRedistribute();
  const recycle = useRecycleCheck();
  const [outcome, setOutcome] = useState<RunOutcome | null>(null);
  const isBusy = redistribute.isPending || recycle.isPending;
  useRuns(isBusy);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRecycle size={16} aria-hidden />}
        loading={recycle.isPending}
        disabled={isBusy}
        onClick={() =>
          recycle.mutate(undefined, {
            onSuccess: (answer) => setOutcome({ kind: 'recycle', answer }),
            onError: (error) => setOutcome({ kind: 'failed', error }),
          })
        }
      >
        Recycle check
      </Button>
      <Button
        leftSection={<IconArrowsSplit2 size={16} aria-hidden />}
        loading={redistribute.isPending}
        disabled={isBusy}
        onClick={() =>
          redistribute.mutate(undefined, {
            onSuccess: (answer) => setOutcome({ kind: 'redistribute', answer }),
            onError: (error) => setOutcome({ kind: 'failed', error }),
          })
        }
      >
        Redistribute now
      </Button>
      {outcome && <RunReport outcome={outcome} onClose={() => setOutcome(null)} />}
    </>
  );
}
