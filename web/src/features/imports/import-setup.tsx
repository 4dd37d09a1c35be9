import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { messageOf } from '@/lib/api/problem';
import type { ImportResponse } from '@/lib/api/schema';
import { count } from '@/lib/format';
import { ColumnTable } from './column-table';
import { ImportOptions } from './import-options';
import { KINDS } from './import-state';
import { PreviewTable } from './preview-table';
import { useChangeImport, useImportAction, usePreview } from './use-imports';

/** Columns, options and a look at what would become of the first rows, before anything is written. */
export function ImportSetup({ entry }: { entry: ImportResponse }) {
  const change = useChangeImport(entry.id);
  const act = useImportAction(entry.id);
  const preview = usePreview(entry);
  const error = change.error ?? act.error ?? preview.error;
  const usable = preview.data?.counts.usable ?? 0;
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {KINDS[entry.kind ?? '']} · {entry.file?.format.toUpperCase()} in {entry.file?.encoding} ·{' '}
        {count(entry.file?.columns.length ?? 0)} columns
      </Text>
      {entry.mapping && (
        <ColumnTable
          columns={entry.file?.columns ?? []}
          mapping={entry.mapping}
          sample={preview.data?.sample ?? []}
          onChange={(mapping) => change.mutate({ mapping: mapping as never })}
        />
      )}
      <ImportOptions entry={entry} onChange={(options) => change.mutate({ options })} />
      {preview.data && <PreviewTable preview={preview.data} />}
      {error && (
        <Alert color="red" variant="light" role="alert">
          {messageOf(error)}
        </Alert>
      )}
      <Group>
        <Button
          onClick={() => act.mutate('start')}
          loading={act.isPending}
          disabled={entry.kind !== 'deactivations' && usable === 0}
        >
          Start the import
        </Button>
        <Button variant="default" onClick={() => act.mutate('cancel')}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
