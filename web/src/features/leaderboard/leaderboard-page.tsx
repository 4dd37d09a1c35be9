import { Box, Button, Text } from '@mantine/core';
import { IconDeviceTv, IconTarget, IconTrophy } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { BoardResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { type BoardSearch, METRIC_NAMES } from '@/lib/board-search';
import { day } from '@/lib/days';
import { fullTime } from '@/lib/format';
import { isLeader } from '@/lib/people';
import { BoardFilters } from './board/board-filters';
import { BoardTable } from './board/board-table';
import { TargetsDialog } from './board/targets-dialog';
import { FloorTabs } from './floor-tabs';
import { useBoard } from './use-boards';

const route = getRouteApi('/leaderboard');

/** Who is ahead, by any metric over any period, and who moved. */
export function LeaderboardPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const me = useMe();
  const board = useBoard(search);
  const [isTargeting, setTargeting] = useState(false);
  const show = (next: BoardSearch) => void navigate({ search: next, replace: true });
  return (
    <>
      <PageHeader title="Leaderboard" note={board.data && spanOf(board.data)}>
        {isLeader(me) && (
          <Button
            variant="default"
            leftSection={<IconTarget size={16} aria-hidden />}
            onClick={() => setTargeting(true)}
          >
            Daily targets
          </Button>
        )}
        <Button
          component={Link}
          to="/tv"
          variant="default"
          leftSection={<IconDeviceTv size={16} aria-hidden />}
          visibleFrom="sm"
        >
          TV board
        </Button>
      </PageHeader>
      <FloorTabs page="/leaderboard" />
      <Box px="md" pb="xl">
        <BoardFilters search={search} onChange={show} />
        {board.isPending && <LoadingRows />}
        {board.isError && <ErrorState error={board.error} onRetry={() => void board.refetch()} />}
        {board.data && <Board board={board.data} isOld={board.isPlaceholderData} />}
      </Box>
      {isTargeting && <TargetsDialog onClose={() => setTargeting(false)} />}
    </>
  );
}

function Board({ board, isOld }: { board: BoardResponse; isOld: boolean }) {
  if (board.entries.length === 0) {
    return (
      <EmptyState title="Nobody is on this board" icon={<IconTrophy size={36} stroke={1.4} />}>
        Active agents are ranked as soon as there are any. Choose another team or period.
      </EmptyState>
    );
  }
  return (
    <>
      <BoardTable board={board} isOld={isOld} />
      <Text size="xs" c="dimmed" mt="xs">
        {METRIC_NAMES[board.metric]} as of {fullTime(board.as_of)}. Agents with the same value share a rank;
        days are of {board.time_zone}.
      </Text>
    </>
  );
}

function spanOf({ period, from, to }: BoardResponse): string {
  if (period === 'all') return 'since the beginning';
  return from === to ? day(from) : `${day(from)} – ${day(to)}`;
}
