import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import { answerOf, api } from '@/lib/api/client';
import type { ExportResponse } from '@/lib/api/schema';
import { count, counted } from '@/lib/format';
import { cancelExport, download, FORMAT_NAMES, percentOf } from './run-export';

const isUnderWay = ({ state }: ExportResponse) => state === 'queued' || state === 'running';

/** One's last exports: what they are doing, and their files as long as they are there. */
export function ExportList({ onClose }: { onClose: () => void }) {
  const list = useQuery({
    queryKey: ['exports'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/exports', { params: { query: { limit: 20 } }, signal })),
    refetchInterval: ({ state }) => (state.data?.exports.some(isUnderWay) ? 1_000 : false),
  });
  return (
    <Modal opened onClose={onClose} title="Recent files" size="md">
      {list.isPending && <LoadingRows rows={3} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.exports.length === 0 && (
        <EmptyState title="No exports yet">What you export is kept here for a day.</EmptyState>
      )}
      <Stack gap="md">
        {list.data?.exports.map((made) => (
          <Line key={made.id} made={made} />
        ))}
      </Stack>
    </Modal>
  );
}

function Line({ made }: { made: ExportResponse }) {
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text size="sm" fw={500}>
            {FORMAT_NAMES[made.format]}
            {made.state === 'done' && `, ${counted(made.rows_done, 'lead')}`}
          </Text>
          <Text size="xs" c="dimmed">
            {stateOf(made)} · <When time={made.created_at} />
          </Text>
        </div>
        {made.state === 'done' && (
          <Button size="compact-sm" variant="light" onClick={() => void download(made)}>
            Download
          </Button>
        )}
        {isUnderWay(made) && (
          <Button size="compact-sm" variant="default" onClick={() => void cancelExport(made.id)}>
            Cancel
          </Button>
        )}
      </Group>
      {isUnderWay(made) && <Progress mt={6} size="sm" value={percentOf(made)} aria-label="Progress" />}
    </div>
  );
}

function stateOf({ state, bytes, error, rows_done, downloads }: ExportResponse): string {
  switch (state) {
    case 'done':
      return `${size(bytes ?? 0)}${downloads > 0 ? `, downloaded ${counted(downloads, 'time')}` : ''}`;
    case 'failed':
      return error ?? 'Failed';
    case 'running':
      return `${count(rows_done)} leads so far`;
    case 'queued':
      return 'Waiting for its turn';
    case 'cancelled':
      return 'Cancelled';
    case 'expired':
      return 'The file has expired';
  }
}

function size(bytes: number): string {
  if (bytes < 1_000_000) return `${count(Math.ceil(bytes / 1_000))} kB`;
  return `${count(Math.round(bytes / 100_000) / 10)} MB`;
}
