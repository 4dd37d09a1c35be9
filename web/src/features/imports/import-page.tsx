import { Alert, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { PageHeader } from '@/components/page-header';
import { ErrorState, LoadingRows } from '@/components/states';
import type { ImportResponse } from '@/lib/api/schema';
import { ImportProgress } from './import-progress';
import { ImportResult } from './import-result';
import { ImportSetup } from './import-setup';
import { ImportState } from './import-state';
import { useImport } from './use-imports';

/** One import, from its columns to its result. */
export function ImportPage() {
  const { importId } = useParams({ strict: false });
  const { data, error, refetch } = useImport(Number(importId));
  if (error) return <ErrorState isPage error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  return (
    <>
      <PageHeader title={data.file_name}>
        <ImportState state={data.state} />
      </PageHeader>
      <Stack px="md" pb="xl" gap="lg" maw={1100}>
        {data.error && (
          <Alert color="red" variant="light" title="The file cannot be imported">
            {data.error}
          </Alert>
        )}
        <Stage entry={data} />
      </Stack>
    </>
  );
}

function Stage({ entry }: { entry: ImportResponse }) {
  if (entry.state === 'ready') return <ImportSetup entry={entry} />;
  if (['queued', 'running', 'paused', 'undoing', 'uploading'].includes(entry.state))
    return <ImportProgress entry={entry} />;
  return <ImportResult entry={entry} />;
}
