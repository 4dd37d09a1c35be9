import '@mantine/dates/styles.css';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { type FormEvent, useState } from 'react';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { PolicyResponse, PolicyVersionResponse } from '@/lib/api/schema';
import { fullTime } from '@/lib/format';
import { sayDone } from '@/lib/undo';
import { usePolicyStep } from '../api/use-policies';

interface ScheduleDialogProps {
  policy: PolicyResponse;
  version: PolicyVersionResponse;
  onClose: () => void;
}

/** When a version comes into force by itself. */
export function ScheduleDialog({ policy, version, onClose }: ScheduleDialogProps) {
  const step = usePolicyStep(policy.id);
  const [at, setAt] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at === null) return setMissing(true);
    const time = new Date(at).toISOString();
    step.mutate(
      { kind: 'schedule', version: version.version, at: time },
      {
        onSuccess: () => {
          sayDone(`Version ${version.version} comes into force ${fullTime(time)}`);
          onClose();
        },
      },
    );
  };
  const refusal = step.error && (fieldErrorsOf(step.error)['at'] ?? messageOf(step.error));
  return (
    <Modal opened onClose={onClose} title={`Schedule version ${version.version}`} size="sm">
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            It comes into force by itself, in place of what is in force then.
          </Text>
          <DateTimePicker
            label="When"
            placeholder="Day and time"
            valueFormat="MMM D, YYYY, h:mm A"
            minDate={new Date()}
            value={at}
            error={isMissing && at === null ? 'Choose a day and a time' : refusal}
            onChange={setAt}
            timePickerProps={{ format: '12h', withDropdown: true }}
            popoverProps={{ withinPortal: true, zIndex: 500 }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={step.isPending}>
              Schedule
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
