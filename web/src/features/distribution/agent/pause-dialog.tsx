import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { TimeChoice } from '@/components/time-choice';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import { fullTime } from '@/lib/format';
import { sayDone } from '@/lib/undo';
import { usePause } from '../api/use-availability';

interface PauseDialogProps {
  agentId: number;
  /** Whose it is; nothing when it is one's own. */
  name?: string;
  onClose: () => void;
}

/** No new leads for now: until when, and why. */
export function PauseDialog({ agentId, name, onClose }: PauseDialogProps) {
  const pause = usePause(agentId);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const end = until === '' ? null : new Date(until).toISOString();
    pause.mutate(
      { until: end, reason: reason.trim() || null },
      {
        onSuccess: () => {
          const who = name === undefined ? 'You get' : `${name} gets`;
          sayDone(`${who} no new leads ${end === null ? 'until resumed' : `until ${fullTime(end)}`}`);
          onClose();
        },
      },
    );
  };
  const refused = fieldErrorsOf(pause.error);
  return (
    <Modal
      opened
      onClose={onClose}
      title={name === undefined ? 'Pause new leads' : `Pause new leads of ${name}`}
      size="md"
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            Leads that are there already stay. Standing is not lost by a pause.
          </Text>
          <TimeChoice label="Until" value={until} error={refused['until']} onChange={setUntil} />
          <Text size="xs" c="dimmed" mt={-8}>
            {until === '' ? 'Nothing chosen: until resumed.' : ''}
          </Text>
          <TextInput
            label="Why?"
            placeholder="Training, doctor, catching up, …"
            description="May be left empty."
            maxLength={200}
            value={reason}
            error={refused['reason']}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {pause.error && Object.keys(refused).length === 0 && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {messageOf(pause.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={pause.isPending}>
              Pause
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
