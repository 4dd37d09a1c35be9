import { Box, Button } from '@mantine/core';
import { IconFlag, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { ContestResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { isLeader } from '@/lib/people';
import { ContestCard } from './contests/contest-card';
import { ContestDialog } from './contests/contest-dialog';
import classes from './contests/contests.module.css';
import { FloorTabs } from './floor-tabs';
import { useContests } from './use-boards';

const GROUPS: readonly { state: ContestResponse['state']; title: string }[] = [
  { state: 'running', title: 'Running' },
  { state: 'upcoming', title: 'Coming up' },
  { state: 'ended', title: 'Ended' },
];

/** Contests as they stand, those to come, and the results of those that are over. */
export function ContestsPage() {
  const me = useMe();
  const contests = useContests();
  const [isCreating, setCreating] = useState(false);
  const announce = isLeader(me) && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      New contest
    </Button>
  );
  return (
    <>
      <PageHeader title="Contests">{announce}</PageHeader>
      <FloorTabs page="/contests" />
      <Box px="md" pb="xl">
        {contests.isPending && <LoadingRows />}
        {contests.isError && <ErrorState error={contests.error} onRetry={() => void contests.refetch()} />}
        {contests.data?.length === 0 && (
          <EmptyState title="No contests yet" icon={<IconFlag size={36} stroke={1.4} />}>
            {isLeader(me)
              ? 'Announce one: what counts, for how long, and what there is to win.'
              : 'As soon as a manager announces one, it stands here.'}
          </EmptyState>
        )}
        {GROUPS.map(({ state, title }) => {
          const some = contests.data?.filter((contest) => contest.state === state) ?? [];
          return (
            some.length > 0 && (
              <section key={state} aria-labelledby={`contests-${state}`} className={classes.group}>
                <h2 id={`contests-${state}`}>{title}</h2>
                <div className={classes.cards}>
                  {some.map((contest) => (
                    <ContestCard key={contest.id} contest={contest} />
                  ))}
                </div>
              </section>
            )
          );
        })}
      </Box>
      {isCreating && <ContestDialog onClose={() => setCreating(false)} />}
    </>
  );
}
