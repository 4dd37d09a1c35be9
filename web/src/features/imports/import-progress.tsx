import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { ImportResponse } from '@/lib/api/schema';
import { count } from '@/lib/format';
import { useImportAction } from './use-imports';

/** How far it is, how fast it goes and how long it still takes. */
export function ImportProgress({ entry }: { entry: ImportResponse }) {
  const act = useImportAction(entry.id);
  const { rows_done: done, rows_total: total, rows_per_second: rate, seconds_left: left } = entry.progress;
  const share = total ? (100 * done) / total : 0;
  return (
    <Stack gap="sm">
      <Progress value={share} size="lg" animated={entry.state === 'running'} aria-label="Rows imported" />
      <Text size="sm" role="status">
        {total === null
          ? 'Reading the file to its end, so that nothing is written of a damaged one…'
          : `${count(done)} of ${count(total)} rows${rate ? `, ${count(rate)} a second` : ''}${left ? `, ${duration(left)} left` : ''}`}
      </Text>
      {['queued', 'running', 'paused'].includes(entry.state) && (
        <Group>
          {entry.state === 'paused' ? (
            <Button onClick={() => act.mutate('start')}>Go on</Button>
          ) : (
            <Button variant="default" onClick={() => act.mutate('pause')}>
              Pause
            </Button>
          )}
          <Button variant="default" color="red" onClick={() => act.mutate('cancel')}>
            Cancel
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}
