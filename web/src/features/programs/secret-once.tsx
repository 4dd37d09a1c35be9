import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

interface SecretOnceProps {
  title: string;
  secret: string;
  /** How it is used. */
  children: string;
  onDone: () => void;
}

/** A secret at the one moment in which it can be read. */
export function SecretOnce({ title, secret, children, onDone }: SecretOnceProps) {
  return (
    <Stack gap="md">
      <Alert color="yellow" styles={{ title: { color: 'var(--rota-warning)' } }} title={title}>
        Copy it now and keep it in a safe place: it cannot be shown again.
      </Alert>
      <Code block aria-label="Secret" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {secret}
      </Code>
      <Text size="sm" c="dimmed">
        {children}
      </Text>
      <Group justify="flex-end">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              variant="light"
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
