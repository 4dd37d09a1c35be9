import { Box, Button, Center, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { AuditEntryResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { usePeople } from '@/lib/people';
import { ACTION_WORDS } from './audit-words';
import { EntryTable } from './entry-table';
import { type AuditFilter, useAudit } from './use-audit';

/** Who did what that matters for security; for admins. */
export function AuditPage() {
  const me = useMe();
  const [filter, setFilter] = useState<AuditFilter>({});
  const people = usePeople();
  const list = useAudit(filter);
  if (me.role !== 'admin') return <EmptyState isPage title="Only admins see the audit trail" />;
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <PageHeader title="Audit trail" />
      <Box px="md" pb={60}>
        <Group mb="sm" gap="sm">
          <Select
            aria-label="What was done"
            placeholder="Anything"
            clearable
            searchable
            value={filter.action ?? null}
            data={Object.entries(ACTION_WORDS).map(([value, label]) => ({ value, label }))}
            onChange={(action) =>
              setFilter({ ...filter, action: (action as AuditEntryResponse['action']) ?? undefined })
            }
          />
          <Select
            aria-label="Who did it"
            placeholder="Anybody"
            clearable
            searchable
            value={filter.actor_id?.toString() ?? null}
            data={(people.data ?? []).map(({ id, full_name }) => ({ value: String(id), label: full_name }))}
            onChange={(id) => setFilter({ ...filter, actor_id: id === null ? undefined : Number(id) })}
          />
        </Group>
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && entries.length === 0 && <EmptyState title="Nothing of this kind was done" />}
        {entries.length > 0 && <EntryTable entries={entries} />}
        {list.hasNextPage && (
          <Center mt="md">
            <Button
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              Show earlier entries
            </Button>
          </Center>
        )}
      </Box>
    </>
  );
}
