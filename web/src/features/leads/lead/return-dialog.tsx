import { Alert, Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { messageOf } from '@/lib/api/problem';
import type { LeadResponse, ReturnLeadDto } from '@/lib/api/schema';
import { offerUndo } from '@/lib/undo';
import { undoMove, useReturnLead } from '../api/use-assignments';
import { nameOfLead } from '../api/use-lead-actions';
import { lastSearch } from '../neighbours';

const REASONS: readonly { value: ReturnLeadDto['reason']; label: string; text: string }[] = [
  { value: 'wrong_number', label: 'Wrong number', text: 'The turn is given back' },
  { value: 'out_of_territory', label: 'Out of territory', text: 'The turn is given back' },
  { value: 'duplicate', label: 'Duplicate', text: 'The turn is given back' },
  { value: 'other', label: 'Another reason', text: 'It counts as a lead received' },
];

interface ReturnDialogProps {
  lead: LeadResponse;
  /** Agents do not see the lead any more once it is returned. */
  isLeaving: boolean;
  onClose: () => void;
}

/** Back to the pool, and why: for a bad lead one gets the turn back. */
export function ReturnDialog({ lead, isLeaving, onClose }: ReturnDialogProps) {
  const giveBack = useReturnLead();
  const navigate = useNavigate();
  const [reason, setReason] = useState<ReturnLeadDto['reason'] | null>(null);
  const [note, setNote] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason === null) return;
    giveBack.mutate(
      { id: lead.id, body: { reason, note: note.trim() || null } },
      {
        onSuccess: ({ move_id, is_credited }) => {
          offerUndo(
            `${nameOfLead(lead)} is back in the pool${is_credited ? '; the turn was given back' : ''}`,
            () => undoMove(move_id),
          );
          onClose();
          if (isLeaving) void navigate({ to: '/leads', search: lastSearch.get() });
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title="Return to the pool" size="sm">
      <form onSubmit={submit}>
        <Stack>
          {giveBack.error && (
            <Alert color="red" role="alert">
              {messageOf(giveBack.error)}
            </Alert>
          )}
          <Radio.Group label="Why?" value={reason} onChange={(next) => setReason(next as typeof reason)}>
            <Stack gap={8} mt={6}>
              {REASONS.map(({ value, label, text }) => (
                <Radio key={value} value={value} label={label} description={text} />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label="Note"
            maxLength={500}
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Text size="xs" c="dimmed">
            Can be undone. A turn is given back only within the time that the policy says.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={reason === null} loading={giveBack.isPending}>
              Return
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
