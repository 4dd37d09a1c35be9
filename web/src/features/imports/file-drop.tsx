import { Alert, Button, FileButton, Progress, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '@/lib/api/problem';
import classes from './file-drop.module.css';
import { uploadFile } from './upload-file';

/** Takes a file of leads by drop or by choice, and goes on to its columns when it is there. */
export function FileDrop() {
  const navigate = useNavigate();
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const take = async (file: File | null | undefined) => {
    if (!file || share !== null) return;
    if (file.size === 0) {
      setError('The file is empty.');
      return;
    }
    setError(null);
    setShare(0);
    try {
      const id = await uploadFile(file, setShare);
      await navigate({ to: '/imports/$importId', params: { importId: String(id) } });
    } catch (thrown) {
      setError(messageOf(thrown).replace(/^file: /, ''));
    } finally {
      setShare(null);
    }
  };
  return (
    <section
      aria-label="Import a file"
      className={classes.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <Stack align="center" gap="xs">
        <IconUpload size={28} stroke={1.4} aria-hidden />
        <Text fw={500}>Drop a file of leads here</Text>
        <Text size="sm" c="dimmed" maw={520}>
          CSV, TSV, Excel (.xlsx), JSON or JSON lines, also as .zip or .gz; the registry’s own NPPES files as
          they come.
        </Text>
        <FileButton
          onChange={(file) => void take(file)}
          accept=".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson,.zip,.gz"
        >
          {(props) => (
            <Button {...props} variant="light" mt="xs" loading={share !== null}>
              Choose a file
            </Button>
          )}
        </FileButton>
        {share !== null && <Progress value={share * 100} w="100%" maw={420} aria-label="Upload" mt="xs" />}
        {error && (
          <Alert
            color="red"
            variant="light"
            title="The file cannot be imported"
            ta="left"
            mt="xs"
            role="alert"
          >
            {error}
          </Alert>
        )}
      </Stack>
    </section>
  );
}
