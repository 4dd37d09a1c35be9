import { Button, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { counted } from '@/lib/format';
import { useStore } from '@/lib/store';
import { sayDone, sayFailed } from '@/lib/undo';
import { useUndoMove } from '../api/use-moves';
import distribution from '../distribution.module.css';
import { markUndone, type RecentTransfer, recentTransfers, UNDO_MS } from './recent-transfers';
import classes from './transfer.module.css';

const MINUTE = 60_000;
const TICK = 5_000;

/** Transfers of this window, each to be taken back while there is time. */
export function RecentTransfers() {
  const moves = useStore(recentTransfers);
  const [now, setNow] = useState(Date.now());
  const clock = useInterval(() => setNow(Date.now()), TICK);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it starts once and stops with the page
  useEffect(() => {
    clock.start();
    return clock.stop;
  }, []);
  if (moves.length === 0) return null;
  return (
    <section aria-label="Done just now" className={classes.recent}>
      <h2 className={distribution.heading}>Done just now</h2>
      <ul className={classes.moves}>
        {moves.map((move) => (
          <Move key={move.moveId} move={move} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Move({ move, now }: { move: RecentTransfer; now: number }) {
  const undo = useUndoMove();
  const left = Math.ceil((move.at + UNDO_MS - now) / MINUTE);
  const takeBack = () =>
    undo.mutate(move.moveId, {
      onSuccess: ({ leads_restored, leads_left_alone }) => {
        markUndone(move.moveId);
        sayDone(
          `${counted(leads_restored, 'lead')} went back${leads_left_alone > 0 ? `; ${counted(leads_left_alone, 'lead')} had been moved on since and stay` : ''}`,
        );
      },
      onError: sayFailed,
    });
  return (
    <li>
      <Text
        size="sm"
        td={move.isUndone ? 'line-through' : undefined}
        c={move.isUndone ? 'dimmed' : undefined}
      >
        {move.text}
      </Text>
      {move.isUndone ? (
        <Text size="sm" c="dimmed">
          Undone
        </Text>
      ) : left > 0 ? (
        <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={takeBack}>
          Undo ({left} min left)
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          Too late to undo
        </Text>
      )}
    </li>
  );
}
