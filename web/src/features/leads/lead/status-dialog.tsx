import { Button, Chip, Group, Modal, NumberInput, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { askedAt, type LeadStatus } from '@/lib/domain';
import { words } from '@/lib/format';

const USUAL_LOSSES = ['No budget', 'Went to a competitor', 'No need', 'No answer', 'Not the right practice'];

interface StatusAnswer {
  reason?: string;
  dealValue?: number;
}

interface StatusDialogProps {
  from: LeadStatus;
  to: LeadStatus;
  onCancel: () => void;
  onDone: (answer: StatusAnswer) => void;
}

/** Asks what the status graph wants to know: the value of a won deal, the reason of a loss or of a reopening. */
export function StatusDialog({ from, to, onCancel, onDone }: StatusDialogProps) {
  const [reason, setReason] = useState('');
  const [value, setValue] = useState<number | string>('');
  const [isRefused, setRefused] = useState(false);
  const asksValue = askedAt(from, to) === 'deal value';
  const isLoss = to === 'CLOSED_LOST';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A loss without a reason and a deal without a value are noted as odd: one is asked, once, to say them.
    const isMissing = asksValue ? value === '' : isLoss && reason.trim() === '';
    if (isMissing) return setRefused(true);
    onDone({ reason: reason.trim() || undefined, dealValue: value === '' ? undefined : Number(value) });
  };
  return (
    <Modal opened onClose={onCancel} title={`Move to ${words(to).toLowerCase()}`} size="sm">
      <form onSubmit={submit} noValidate>
        <Stack>
          {asksValue && (
            <NumberInput
              label="What is the deal worth?"
              description="In US dollars; forecasts and reports rest on it."
              prefix="$"
              thousandSeparator=","
              min={0}
              max={999_999_999_999}
              decimalScale={2}
              hideControls
              data-autofocus
              value={value}
              error={isRefused && value === '' && 'Say what it is worth, 0 if nothing'}
              onChange={setValue}
            />
          )}
          {isLoss && (
            <Chip.Group value={reason} onChange={(chosen) => setReason(chosen as string)}>
              <Group gap={6} role="radiogroup" aria-label="Usual reasons">
                {USUAL_LOSSES.map((usual) => (
                  <Chip key={usual} value={usual} size="xs" radius="sm" variant="light">
                    {usual}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          )}
          {!asksValue && (
            <Textarea
              label="Why?"
              description={
                isLoss ? "Kept in the lead's history." : "Kept in the lead's history; may be left empty."
              }
              maxLength={500}
              autosize
              minRows={2}
              data-autofocus
              value={reason}
              error={isRefused && reason.trim() === '' && 'Say in a few words why it is lost'}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button type="submit">Move</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
