import { Alert, Button, Code, CopyButton, Group, Stack } from '@mantine/core';

/** Recovery codes at the one moment in which they can be read. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const text = codes.join('\n');
  return (
    <Stack>
      <Alert
        color="yellow"
        styles={{ title: { color: 'var(--rota-warning)' } }}
        title="Keep these recovery codes"
      >
        Each lets you in once when your phone is lost. They cannot be shown again.
      </Alert>
      <Code block aria-label="Recovery codes">
        {text}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="light" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>I have kept them</Button>
      </Group>
    </Stack>
  );
}
