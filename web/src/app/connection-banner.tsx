import { Button, Group, Text } from '@mantine/core';
import { connection, retryNow } from '@/lib/connection';
import { useStore } from '@/lib/store';
import classes from './connection-banner.module.css';

/** Says that nothing can be loaded or saved right now, and goes when it can. */
export function ConnectionBanner() {
  const state = useStore(connection);
  if (state === 'online') return null;
  return (
    <Group className={classes.banner} role="alert" justify="center" gap="sm">
      <Text size="sm" fw={500}>
        {state === 'offline'
          ? 'You are offline. What you have typed is kept.'
          : 'The server is not answering. Trying again by itself; what you have typed is kept.'}
      </Text>
      <Button size="compact-sm" variant="white" color="dark" onClick={retryNow}>
        Try now
      </Button>
    </Group>
  );
}
