import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { TimeChoice } from '@/components/time-choice';
import { logActivity, refreshAfterActivity, reschedule, undoActivity } from '@/lib/activity-log';
import { fieldErrorsOf } from '@/lib/api/problem';
import { followUpTime, toLocalInput } from '@/lib/follow-up';
import { fullTime } from '@/lib/format';
import { offerUndo, sayFailed } from '@/lib/undo';
import type { Todo } from '../use-my-day';

/** Moves what is due to another time; Enter takes tomorrow morning. */
export function RescheduleDialog({ todo, onClose }: { todo: Todo; onClose: () => void }) {
  const { due, leadId } = todo;
  const [time, setTime] = useState(() => toLocalInput(followUpTime('Tomorrow')));
  const before = due?.activity?.scheduled_at;
  const move = useMutation({
    mutationFn: (to: string) =>
      due?.activity
        ? reschedule(due.activity.id, to)
        : logActivity({
            lead_id: leadId,
            activity_type: 'follow_up',
            subject: 'Follow up',
            scheduled_at: to,
          }),
    onSuccess: (activity, to) => {
      onClose();
      offerUndo(`Moved to ${fullTime(to)}`, async () => {
        // A follow-up that nobody had planned was moved by planning one.
        await (before ? reschedule(activity.id, before) : undoActivity(activity.id));
        refreshAfterActivity(leadId);
      });
    },
    onError: (error) => Object.keys(fieldErrorsOf(error)).length === 0 && sayFailed(error),
    onSettled: () => refreshAfterActivity(leadId),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (time) move.mutate(new Date(time).toISOString());
  };
  return (
    <Modal opened onClose={onClose} title="Move to another time">
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {due?.activity?.subject ?? 'Follow up'} · {todo.name}
          </Text>
          <TimeChoice
            label="When?"
            value={time}
            onChange={setTime}
            error={fieldErrorsOf(move.error)['scheduled_at']}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!time} loading={move.isPending} data-autofocus>
              Move
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
