import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { messageOf } from '@/lib/api/problem';
import { counted } from '@/lib/format';
import { sayDone } from '@/lib/undo';
import { useRelease } from '../api/use-overview';

interface ReleaseDialogProps {
  ids: number[];
  onClose: (isDone: boolean) => void;
}

export function ReleaseDialog({ ids, onClose }: ReleaseDialogProps) {
  const release = useRelease();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    release.mutate(
      { ids, reason: reason.trim() || null },
      {
        onSuccess: ({ released, left_alone }) => {
          const rest =
            left_alone.length > 0 ? `; ${counted(left_alone.length, 'lead')} had left the quarantine` : '';
          sayDone(`${counted(released.length, 'lead')} back in the pool${rest}`);
          onClose(true);
        },
      },
    );
  };
  return (
    <Modal opened onClose={() => onClose(false)} title={`Release ${counted(ids.length, 'lead')}`} size="sm">
      <form onSubmit={submit}>
        <Stack>
          {release.error && (
            <Alert color="red" role="alert">
              {messageOf(release.error)}
            </Alert>
          )}
          <Text size="sm" c="dimmed">
            Back to the pool, with as many tries as a new lead.
          </Text>
          <Textarea
            label="Why?"
            description="Kept in the lead’s history; may be left empty."
            maxLength={500}
            autosize
            minRows={2}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onClose(false)}>
              Cancel
            </Button>
            <Button type="submit" loading={release.isPending}>
              Release
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
