import { Alert, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { api } from '@/lib/api/client';
import { messageOf } from '@/lib/api/problem';
import type { ImportResponse } from '@/lib/api/schema';
import { count } from '@/lib/format';
import { useDecide, useImportAction } from './use-imports';

/** What became of the rows, and what can still be done about it. */
export function ImportResult({ entry }: { entry: ImportResponse }) {
  const act = useImportAction(entry.id);
  const decide = useDecide(entry.id);
  const [isAsking, setAsking] = useState(false);
  const { counts } = entry;
  const figures: [string, number][] = [
    ['New leads', counts.created],
    [entry.kind === 'deactivations' ? 'Marked and held' : 'Updated', counts.updated],
    ['There already', counts.unchanged],
    ['Refused', counts.refused],
    ['Left out by filters', counts.passed_over],
    ['New leads repaired', counts.repaired],
  ];
  const mayUndo = entry.state !== 'undone' && counts.created + counts.updated > 0;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }}>
        {figures.map(([label, figure]) => (
          <div key={label}>
            <Text size="xl" fw={600}>
              {count(figure)}
            </Text>
            <Text size="sm" c="dimmed">
              {label}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      {entry.undone_leads !== null && (
        <Alert variant="light" color="gray" title="This import was undone">
          {count(entry.undone_leads)} leads are gone; {count(entry.kept_leads ?? 0)} stayed, because somebody
          has worked on them.
        </Alert>
      )}
      {counts.asked > 0 && (
        <Alert variant="light" color="blue" title={`${count(counts.asked)} rows are there already`}>
          <Text size="sm" mb="sm">
            What happens to their leads?
          </Text>
          <Group>
            <Button size="xs" variant="default" onClick={() => decide.mutate('skip')}>
              Leave them
            </Button>
            <Button size="xs" variant="default" onClick={() => decide.mutate('fill')}>
              Fill what is missing
            </Button>
            <Button size="xs" variant="default" onClick={() => decide.mutate('overwrite')}>
              Overwrite them
            </Button>
          </Group>
        </Alert>
      )}
      {act.error && (
        <Alert color="red" variant="light" role="alert">
          {messageOf(act.error)}
        </Alert>
      )}
      <Group>
        {counts.refused > 0 && (
          <Button variant="light" onClick={() => void download(entry)}>
            Download refused rows
          </Button>
        )}
        {entry.options.hold && !entry.is_released && mayUndo && (
          <Button variant="light" onClick={() => act.mutate('release')}>
            Release held leads
          </Button>
        )}
        {mayUndo && (
          <Button variant="default" onClick={() => setAsking(true)}>
            Undo this import
          </Button>
        )}
      </Group>
      <Confirm
        opened={isAsking}
        title="Undo this import?"
        confirm="Undo"
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          act.mutate('undo');
        }}
      >
        Leads that it made are deleted and its changes taken back. Leads that somebody has worked on stay.
      </Confirm>
    </Stack>
  );
}

async function download(entry: ImportResponse): Promise<void> {
  const params = { path: { id: entry.id } };
  const { data } = await api.GET('/api/v1/imports/{id}/refused', { params, parseAs: 'blob' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data as unknown as Blob);
  link.download = `${entry.file_name.replace(/\.\w+$/, '')}-refused.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
