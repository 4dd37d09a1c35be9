import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState, LoadingRows } from '@/components/states';
import { activityDialog } from '@/lib/activity-log';
import { answerOf, api } from '@/lib/api/client';
import type { LeadResponse, TimelineResponse } from '@/lib/api/schema';
import { nameOfLead } from '../api/use-lead-actions';
import classes from './timeline.module.css';
import { TimelineEntry } from './timeline-entry';

const PAGE_SIZE = 30;
const QUICK = ['call', 'email', 'note', 'task'] as const;
const QUICK_NAMES = { call: 'Call', email: 'E-mail', note: 'Note', task: 'Task' } as const;

/** What can be shown alone, as the kinds of the API. */
const FILTERS = [
  { label: 'All', value: '' },
  { label: 'Activities', value: 'activity' },
  { label: 'Status', value: 'status,assignment,created' },
  { label: 'Edits', value: 'field' },
];

function useTimeline(leadId: number, kind: string) {
  return useInfiniteQuery({
    queryKey: ['timeline', leadId, kind],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/leads/{id}/timeline', {
          params: {
            path: { id: leadId },
            query: { limit: PAGE_SIZE, kind: kind || undefined, cursor: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: TimelineResponse) => page.next_cursor ?? undefined,
  });
}

/** Everything that happened to a lead, newest first, and what to say about it now. */
export function LeadTimeline({ lead }: { lead: LeadResponse }) {
  const [kind, setKind] = useState('');
  const timeline = useTimeline(lead.id, kind);
  const entries = timeline.data?.pages.flatMap((page) => page.entries) ?? [];
  const ref = { id: lead.id, name: nameOfLead(lead) };
  return (
    <Stack gap="sm">
      <Group gap={6} role="group" aria-label="Log an activity">
        {QUICK.map((type) => (
          <Button
            key={type}
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={() => activityDialog.set({ lead: ref, type })}
          >
            {QUICK_NAMES[type]}
          </Button>
        ))}
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => activityDialog.set({ lead: ref, type: 'meeting' })}
        >
          More…
        </Button>
      </Group>
      <SegmentedControl
        size="xs"
        data={FILTERS}
        value={kind}
        onChange={setKind}
        aria-label="Show"
        fullWidth
      />
      {timeline.isPending && <LoadingRows rows={4} />}
      {timeline.isError && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.isSuccess && entries.length === 0 && (
        <Text size="sm" c="dimmed" py="md">
          Nothing of this kind has happened yet.
        </Text>
      )}
      <ul className={classes.list}>
        {entries.map((entry) => (
          <TimelineEntry key={`${entry.kind} ${entry.id}`} entry={entry} lead={ref} />
        ))}
      </ul>
      {timeline.hasNextPage && (
        <Button
          variant="subtle"
          size="sm"
          loading={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </Stack>
  );
}
