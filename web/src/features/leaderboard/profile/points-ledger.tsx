import { Button, Group, Select, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import { answerOf, api } from '@/lib/api/client';
import type { LedgerEntryDto, LedgerResponse } from '@/lib/api/schema';
import { count, words } from '@/lib/format';
import classes from './profile.module.css';

const PAGE_SIZE = 25;

const RULES: Readonly<Record<LedgerEntryDto['rule'], string>> = {
  call: 'Calls',
  email: 'E-mails',
  meeting: 'Meetings',
  demo: 'Demos',
  follow_up: 'Follow-ups',
  note: 'Notes',
  demo_completed: 'Demos completed',
  first_contact: 'First contacts',
  lead_qualified: 'Leads qualified',
  deal_closed: 'Deals closed',
};

const NOTES: Readonly<Record<string, string>> = {
  repeat: 'Counts once: the same lead within minutes',
  daily_cap: "Over the day's cap",
  reversed: 'Taken back: what it was for is undone',
  reinstated: 'Given again',
};

/** Why somebody has the points they have: every one of them, newest first. */
export function PointsLedger({ userId }: { userId: number }) {
  const [rule, setRule] = useState<string | null>(null);
  const ledger = useInfiniteQuery({
    queryKey: ['ledger', userId, rule],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/gamification/ledger', {
          params: {
            query: {
              user_id: userId,
              rule: (rule ?? undefined) as LedgerEntryDto['rule'] | undefined,
              limit: PAGE_SIZE,
              cursor: pageParam,
            },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: LedgerResponse) => page.next_cursor ?? undefined,
  });
  const [first] = ledger.data?.pages ?? [];
  const entries = ledger.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <section aria-labelledby="ledger">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5" id="ledger">
          Why these points?{' '}
          {first && (
            <Text span size="sm" c="dimmed" fw={400}>
              {count(first.total_points)} in all
            </Text>
          )}
        </Title>
        <Select
          size="xs"
          w={160}
          aria-label="Rule"
          placeholder="Every rule"
          clearable
          data={Object.entries(RULES).map(([value, label]) => ({ value, label }))}
          value={rule}
          onChange={setRule}
        />
      </Group>
      {ledger.isPending && <LoadingRows rows={5} />}
      {ledger.isError && <ErrorState error={ledger.error} onRetry={() => void ledger.refetch()} />}
      {ledger.isSuccess && entries.length === 0 && (
        <Text size="sm" c="dimmed">
          No points yet. Every activity, first contact and deal gives some, and each is listed here.
        </Text>
      )}
      <ul className={classes.ledger}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <span className={classes.points} data-less={entry.points < 0 || undefined}>
              {entry.points > 0 ? `+${entry.points}` : entry.points}
            </span>
            <div className={classes.about}>
              <Text size="sm" truncate>
                {entry.explanation.replace(/: .*$/, '')} ·{' '}
                <Link to="/leads/$leadId" params={{ leadId: String(entry.lead_id) }} className={classes.lead}>
                  {entry.practice_name ?? `Lead ${entry.lead_id}`}
                </Link>
              </Text>
              {entry.note && (
                <Text size="xs" c="dimmed">
                  {NOTES[entry.note] ?? words(entry.note)}
                </Text>
              )}
            </div>
            <Text size="xs" c="dimmed" className={classes.when}>
              <When time={entry.occurred_at} />
            </Text>
          </li>
        ))}
      </ul>
      {ledger.hasNextPage && (
        <Button
          variant="subtle"
          size="sm"
          mt="xs"
          loading={ledger.isFetchingNextPage}
          onClick={() => void ledger.fetchNextPage()}
        >
          Earlier points
        </Button>
      )}
    </section>
  );
}
