import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { messageOf } from './api/problem';

/** How long a change can be taken back. */
const UNDO_MS = 15_000;

/** Says what was done and offers to take it back. @param undo answers what to say then, if not just that it is undone */
export function offerUndo(message: string, undo: () => Promise<unknown>): void {
  const id = notifications.show({
    color: 'green',
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            undo().then((said) => sayDone(typeof said === 'string' ? said : 'Undone'), sayFailed);
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}

export function sayDone(message: string): void {
  notifications.show({ color: 'green', message });
}

export function sayFailed(error: unknown): void {
  notifications.show({
    color: 'red',
    title: 'That did not work',
    message: messageOf(error),
    autoClose: 8_000,
  });
}
