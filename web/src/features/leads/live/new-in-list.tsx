import { Button, Group } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useStore } from '@/lib/store';
import { catchUpLists, listIsBehind } from './live-lists';

/** In a long list one keeps one's place: whoever looks decides when it is loaded anew. */
export function NewInList() {
  if (!useStore(listIsBehind)) return null;
  return (
    <Group justify="center" py={6} role="status">
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<IconRefresh size={14} aria-hidden />}
        onClick={catchUpLists}
      >
        Leads have come or gone: show the list anew
      </Button>
    </Group>
  );
}
