import { Button, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconZoomScan } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { PairResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { isDialogOpen } from '@/lib/keyboard';
import { isLeader } from '@/lib/people';
import { DuplicatePair, mergeSearch, pairIds } from './duplicate-pair';
import classes from './duplicates.module.css';
import { useDismiss, useDuplicateQueue, useScan } from './use-duplicates';

/** Pairs of leads that may be one practice, until somebody has decided about each. */
export function DuplicatesPage() {
  const me = useMe();
  if (!isLeader(me)) return <EmptyState isPage title="Only managers and admins review duplicates" />;
  return <Review />;
}

function Review() {
  const scan = useScan();
  return (
    <>
      <PageHeader title="Duplicates">
        <Button
          variant="default"
          size="sm"
          loading={scan.isPending}
          leftSection={<IconZoomScan size={16} aria-hidden />}
          onClick={() => scan.mutate()}
        >
          Look through all leads
        </Button>
      </PageHeader>
      <div className={classes.page}>
        <Text size="sm" c="dimmed" mb="sm" maw={760}>
          Pairs that are likely one practice, the likeliest first. Merge them, or say that they are two;
          either can be undone.
        </Text>
        <Queue />
      </div>
    </>
  );
}

function Queue() {
  const queue = useDuplicateQueue();
  const pairs = queue.data?.pages.flatMap((page) => page.pairs) ?? [];
  if (queue.isPending) return <LoadingRows height={90} rows={4} />;
  if (queue.isError) return <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />;
  return (
    <>
      {pairs.length === 0 ? (
        <EmptyState title="No pair waits for a decision">
          They are looked for as files are loaded, and when you ask for it above; whoever enters a lead is
          warned at once.
        </EmptyState>
      ) : (
        <PairList pairs={pairs} />
      )}
      {queue.hasNextPage && (
        <Button
          variant="subtle"
          mt="xs"
          loading={queue.isFetchingNextPage}
          onClick={() => void queue.fetchNextPage()}
        >
          More pairs
        </Button>
      )}
    </>
  );
}

/** With `j` and `k` from pair to pair, `m` to merge one and `d` to say that it is two. */
function PairList({ pairs }: { pairs: PairResponse[] }) {
  const navigate = useNavigate();
  const dismiss = useDismiss();
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(-1);
  const current = pairs[at];
  const go = (to: number) => {
    if (isDialogOpen() || to < 0 || to >= pairs.length) return;
    setAt(to);
    (list.current?.children[to] as HTMLElement | undefined)?.focus();
  };
  const drop = (pair: PairResponse) => {
    dismiss.mutate(pairIds(pair), {
      // The next pair takes its place, and the keys go on there.
      onSuccess: () => list.current?.focus(),
    });
  };
  useHotkeys([
    ['j', () => go(at + 1)],
    ['k', () => go(at - 1)],
    ['m', () => current && void navigate({ to: '/duplicates/merge', search: mergeSearch(current) })],
    ['d', () => current && !dismiss.isPending && drop(current)],
  ]);
  return (
    <ul ref={list} className={classes.list} tabIndex={-1} aria-label="Pairs">
      {pairs.map((pair, index) => (
        <DuplicatePair
          key={pairIds(pair).join('-')}
          pair={pair}
          onFocus={() => setAt(index)}
          onDismiss={() => drop(pair)}
        />
      ))}
    </ul>
  );
}
