import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { answerOf, api } from '@/lib/api/client';
import type { CreateExportDto, ExportResponse } from '@/lib/api/schema';
import { count, counted } from '@/lib/format';
import { queryClient } from '@/lib/query-client';
import { sayFailed } from '@/lib/undo';

const LOOK_MS = 700;

export const FORMAT_NAMES: Readonly<Record<ExportResponse['format'], string>> = {
  csv: 'CSV',
  xlsx: 'Excel',
  jsonl: 'JSON lines',
};

/** Asks for a file and follows it to its end, wherever one goes meanwhile: nothing waits for it. */
export async function runExport(wanted: CreateExportDto): Promise<void> {
  try {
    const asked = await answerOf(api.POST('/api/v1/exports', { body: wanted }));
    const id = notifications.show({ autoClose: false, withCloseButton: true, ...shown(asked) });
    const made = await followed(asked, (now) => notifications.update({ id, ...shown(now) }));
    void queryClient.invalidateQueries({ queryKey: ['exports'] });
    notifications.update({ id, ...outcome(made), autoClose: 20_000 });
    if (made.state === 'done') await download(made);
  } catch (error) {
    sayFailed(error);
  }
}

async function followed(made: ExportResponse, look: (now: ExportResponse) => void): Promise<ExportResponse> {
  let now = made;
  while (now.state === 'queued' || now.state === 'running') {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    now = await answerOf(api.GET('/api/v1/exports/{id}', { params: { path: { id: made.id } } }));
    look(now);
  }
  return now;
}

/** The browser keeps a large file on its disk, not in the memory of the page. */
export async function download({ id, format }: Pick<ExportResponse, 'id' | 'format'>): Promise<void> {
  try {
    const file = await answerOf(
      api.GET('/api/v1/exports/{id}/file', { params: { path: { id } }, parseAs: 'blob' }) as Promise<{
        data?: Blob;
        response: Response;
      }>,
    );
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file as Blob);
    link.download = `leads-${new Date().toISOString().slice(0, 10)}-${id}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    void queryClient.invalidateQueries({ queryKey: ['exports'] });
  } catch (error) {
    sayFailed(error);
  }
}

export async function cancelExport(id: number): Promise<void> {
  try {
    await answerOf(api.POST('/api/v1/exports/{id}/cancel', { params: { path: { id } } }));
    void queryClient.invalidateQueries({ queryKey: ['exports'] });
  } catch (error) {
    sayFailed(error);
  }
}

/** Percent, as far as it is known how many there will be. */
export function percentOf({ rows_done, rows_total }: ExportResponse): number {
  return rows_total ? Math.min(99, Math.round((100 * rows_done) / rows_total)) : 0;
}

function shown(made: ExportResponse) {
  return {
    loading: false,
    title: `Exporting to ${FORMAT_NAMES[made.format]}`,
    message: (
      <Stack gap={6}>
        <Progress value={percentOf(made)} size="sm" animated aria-label="Progress of the export" />
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed" role="status">
            {made.state === 'queued' ? 'Waiting for its turn' : `${count(made.rows_done)} leads so far`}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => void cancelExport(made.id)}>
            Cancel
          </Button>
        </Group>
      </Stack>
    ),
  };
}

function outcome(made: ExportResponse) {
  if (made.state === 'done') {
    return {
      color: 'green',
      title: `${counted(made.rows_done, 'lead')} exported`,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">The file is kept for a day under Export, Recent files.</Text>
          <Button size="compact-sm" variant="light" onClick={() => void download(made)}>
            Download again
          </Button>
        </Group>
      ),
    };
  }
  if (made.state === 'cancelled') return { color: 'gray', title: 'The export is cancelled', message: null };
  return { color: 'red', title: 'The export failed', message: made.error };
}
