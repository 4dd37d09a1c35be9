import { Anchor, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { ImportResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { count } from '@/lib/format';
import { isLeader } from '@/lib/people';
import { FileDrop } from './file-drop';
import { ImportState, KINDS } from './import-state';
import { useImports } from './use-imports';

/** Where files of leads come in, and what became of the last ones. */
export function ImportsPage() {
  const me = useMe();
  if (!isLeader(me)) return <EmptyState isPage title="Only managers and admins import leads" />;
  return (
    <>
      <PageHeader title="Imports" />
      <Stack px="md" pb="xl" gap="lg" maw={1100}>
        <FileDrop />
        <PastImports />
      </Stack>
    </>
  );
}

function PastImports() {
  const { data, error, refetch } = useImports();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  if (data.imports.length === 0)
    return <EmptyState title="No imports yet">What you import is listed here, and can be undone.</EmptyState>;
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing="xs" aria-label="Imports">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th ta="right">New</Table.Th>
            <Table.Th ta="right">Updated</Table.Th>
            <Table.Th ta="right">Refused</Table.Th>
            <Table.Th>When</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.imports.map((entry) => (
            <PastImport key={entry.id} entry={entry} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PastImport({ entry }: { entry: ImportResponse }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          component={Link}
          to={`/imports/${entry.id}` as '/imports'}
          size="sm"
          style={{ overflowWrap: 'anywhere' }}
        >
          {entry.file_name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {KINDS[entry.kind ?? ''] ?? 'Not looked at yet'}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          <ImportState state={entry.state} />
        </Group>
      </Table.Td>
      <Table.Td ta="right">{count(entry.counts.created)}</Table.Td>
      <Table.Td ta="right">{count(entry.counts.updated)}</Table.Td>
      <Table.Td ta="right">{count(entry.counts.refused)}</Table.Td>
      <Table.Td>
        <When time={entry.created_at} />
      </Table.Td>
    </Table.Tr>
  );
}
