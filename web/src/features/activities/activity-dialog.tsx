import {
  Button,
  Chip,
  Group,
  Input,
  Kbd,
  Modal,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { LeadPicker } from '@/components/lead-picker';
import { TimeChoice } from '@/components/time-choice';
import type { ActivityStart } from '@/lib/activity-log';
import { fieldErrorsOf } from '@/lib/api/problem';
import { words } from '@/lib/format';
import { formOf, type Kind, NAMES, OUTCOMES, subjectOf, takesMinutes } from './activity-form';
import { useSaveActivity } from './use-save-activity';

const LENGTHS = [5, 15, 30, 60];

interface ActivityDialogProps {
  start: ActivityStart;
  onClose: () => void;
}

/** Says what was done about a lead. What is not said has a usual value: Enter alone logs a call. */
export function ActivityDialog({ start, onClose }: ActivityDialogProps) {
  const { plan, edited } = start;
  const [lead, setLead] = useState(start.lead);
  const [form, setForm] = useState(() => formFor(start));
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const save = useSaveActivity(start, onClose);
  const refused = fieldErrorsOf(save.error);
  const outcomes = OUTCOMES[form.kind];
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (lead && !save.isPending) save.mutate({ form, leadId: lead.id });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={plan ? `Complete: ${plan.subject}` : edited ? 'Correct an activity' : 'Log an activity'}
    >
      <form onSubmit={submit} onKeyDown={onKeyDown} noValidate>
        <Stack gap="md">
          {start.lead ? (
            <Text size="sm" c="dimmed">
              {start.lead.name}
            </Text>
          ) : (
            <LeadPicker value={lead} onChange={setLead} error={refused['lead_id']} />
          )}
          {!plan && (
            <Choice
              label="What was it?"
              values={Object.keys(NAMES) as Kind[]}
              nameOf={(kind) => NAMES[kind]}
              value={form.kind}
              onChange={(kind) => set({ kind, outcome: null })}
            />
          )}
          {!plan && (
            <TextInput
              label="In a few words"
              placeholder={subjectOf({ ...form, subject: '' })}
              maxLength={200}
              data-autofocus={start.lead ? true : undefined}
              value={form.subject}
              error={refused['subject']}
              onChange={(event) => set({ subject: event.currentTarget.value })}
            />
          )}
          {outcomes.length > 0 && (
            <Choice
              label="Outcome"
              values={outcomes}
              nameOf={words}
              value={form.outcome}
              onChange={(outcome) => set({ outcome })}
              error={refused['outcome']}
            />
          )}
          {takesMinutes(form.kind) && (
            <Minutes
              value={form.minutes}
              onChange={(minutes) => set({ minutes })}
              error={refused['duration_minutes']}
            />
          )}
          {!edited && (
            <TimeChoice
              label={form.kind === 'task' && !plan ? 'Due' : 'Next follow-up'}
              value={form.next}
              onChange={(next) => set({ next })}
              error={refused['scheduled_at']}
            />
          )}
          <Textarea
            label="Notes"
            autosize
            minRows={2}
            maxRows={8}
            maxLength={5000}
            value={form.notes}
            error={refused['description']}
            onChange={(event) => set({ notes: event.currentTarget.value })}
          />
          <Group justify="space-between">
            <Text size="xs" c="dimmed" visibleFrom="sm">
              <Kbd size="xs">Enter</Kbd> logs it, from anywhere <Kbd size="xs">Ctrl</Kbd>{' '}
              <Kbd size="xs">Enter</Kbd>
            </Text>
            <Group gap="xs" ml="auto">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={save.isPending} disabled={!lead}>
                {plan ? 'Complete' : edited ? 'Save' : 'Log it'}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function formFor({ plan, edited, type }: ActivityStart) {
  const form = formOf(edited ?? plan, type ?? 'call');
  // What was planned has happened: its time is past, and "scheduled" is no outcome.
  if (plan) return { ...form, next: '', outcome: form.outcome === 'scheduled' ? null : form.outcome };
  return edited ? { ...form, next: '' } : form;
}

interface ChoiceProps<Value extends string> {
  label: string;
  values: readonly Value[];
  nameOf: (value: Value) => string;
  value: Value | null;
  onChange: (value: Value) => void;
  error?: string;
}

function Choice<Value extends string>({ label, values, nameOf, value, onChange, error }: ChoiceProps<Value>) {
  return (
    <Input.Wrapper component="fieldset" label={label} labelElement="div" error={error} bd={0} p={0} m={0}>
      <Chip.Group value={value} onChange={(chosen) => onChange(chosen as Value)}>
        <Group gap={6} mt={4} role="radiogroup" aria-label={label}>
          {values.map((each) => (
            <Chip key={each} value={each} size="xs" radius="sm" variant="light">
              {nameOf(each)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

interface MinutesProps {
  value: number | string;
  onChange: (minutes: number | string) => void;
  error?: string;
}

function Minutes({ value, onChange, error }: MinutesProps) {
  return (
    <Group gap={6} align="flex-end">
      <NumberInput
        label="Minutes"
        w={110}
        size="sm"
        min={0}
        max={1440}
        allowDecimal={false}
        value={value}
        error={error}
        onChange={onChange}
      />
      {LENGTHS.map((minutes) => (
        <Button
          key={minutes}
          variant={value === minutes ? 'filled' : 'default'}
          size="compact-sm"
          mb={5}
          aria-pressed={value === minutes}
          aria-label={`${minutes} minutes`}
          onClick={() => onChange(minutes)}
        >
          {minutes}
        </Button>
      ))}
    </Group>
  );
}
