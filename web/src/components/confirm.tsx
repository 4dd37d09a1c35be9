import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect } from 'react';

interface ConfirmProps {
  opened: boolean;
  title: string;
  children: string;
  confirm: string;
  onConfirm: () => void;
  onCancel: () => void;
}

/**
 * Asks before something that cannot be taken back.
 *
 * Over another dialog that one must not close on Escape meanwhile (`closeOnEscape`): the key is the question's.
 */
export function Confirm({ opened, ...question }: ConfirmProps) {
  // It listens to keys only once it is asked: otherwise the Escape that brings it up may answer it as well.
  return opened && <Question {...question} />;
}

function Question({ title, children, confirm, onConfirm, onCancel }: Omit<ConfirmProps, 'opened'>) {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <Modal opened onClose={onCancel} title={title} size="sm" zIndex={400} centered>
      <Text size="sm" mb="lg">
        {children}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} data-autofocus>
          Cancel
        </Button>
        <Button color="red" onClick={onConfirm}>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
