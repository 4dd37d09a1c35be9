import {
  ActionIcon,
  Anchor,
  Button,
  Collapse,
  Group,
  NumberInput,
  Select,
  Switch,
  Text,
} from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useAgents, useNameOf } from '@/lib/people';
import { conditionInWords } from '../rules/condition-words';
import { ConditionFields } from './condition-fields';
import { conditionOf, participantDraft } from './draft';
import classes from './editor.module.css';
import type { PolicyForm } from './use-policy-form';

interface ParticipantFieldsProps {
  form: PolicyForm;
  /** Whose team the policy serves; null is everybody. */
  managerId: number | null;
}

/** Who takes part: everybody, or named agents with weights, targets and leads of their own. */
export function ParticipantFields({ form, managerId }: ParticipantFieldsProps) {
  const agents = useAgents().filter(({ manager_id }) => managerId === null || manager_id === managerId);
  const { everyone, participants } = form.values;
  const taken = new Set(participants.map(({ agent_id }) => agent_id));
  const free = agents.filter(({ id }) => !taken.has(id));
  const add = (ids: number[]) => {
    form.clearFieldError('participants');
    form.setFieldValue('participants', [
      ...participants,
      ...ids.map((id) => participantDraft({ agent_id: id, weight: 1 })),
    ]);
  };
  return (
    <>
      <Switch
        label={managerId === null ? 'Every active agent' : 'Every active agent of the team'}
        description="Also those who come later. Turn it off to name agents."
        {...form.getInputProps('everyone', { type: 'checkbox' })}
      />
      {!everyone && (
        <>
          {participants.map(({ agent_id }, index) => (
            <ParticipantRow key={agent_id} form={form} index={index} />
          ))}
          {form.errors['participants'] && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {form.errors['participants']}
            </Text>
          )}
          <Group gap="sm" align="flex-end">
            <Select
              aria-label="Add an agent"
              placeholder={free.length === 0 ? 'Everybody is in' : 'Add an agent'}
              disabled={free.length === 0}
              searchable
              value={null}
              data={free.map(({ id, full_name }) => ({ value: String(id), label: full_name }))}
              onChange={(id) => id !== null && add([Number(id)])}
            />
            {free.length > 1 && (
              <Button variant="subtle" onClick={() => add(free.map(({ id }) => id))}>
                Add all {free.length}
              </Button>
            )}
          </Group>
        </>
      )}
    </>
  );
}

function ParticipantRow({ form, index }: { form: PolicyForm; index: number }) {
  const nameOf = useNameOf();
  const participant = form.values.participants[index];
  const path = `participants.${index}`;
  const isFaulty = Object.keys(form.errors).some((field) => field.startsWith(`${path}.takes`));
  const [isOpen, setOpen] = useState(false);
  if (!participant) return null;
  const name = nameOf(participant.agent_id);
  const isWeighted = form.values.strategy === 'weighted';
  return (
    <fieldset className={classes.participant} aria-label={name}>
      <div className={classes.participantRow} data-unweighted={!isWeighted || undefined}>
        <div className={classes.name}>
          <Text size="sm" fw={500}>
            {name}
          </Text>
          <Anchor
            component="button"
            type="button"
            size="xs"
            aria-expanded={isOpen || isFaulty}
            onClick={() => setOpen(!isOpen)}
          >
            Takes {conditionInWords(conditionOf(participant.takes))}
          </Anchor>
          {form.errors[`${path}.agent_id`] && (
            <Text size="xs" c="var(--mantine-color-error)" role="alert">
              {form.errors[`${path}.agent_id`]}
            </Text>
          )}
        </div>
        {isWeighted && (
          <NumberInput
            label="Weight"
            min={0}
            step={0.5}
            decimalScale={2}
            {...form.getInputProps(`${path}.weight`)}
          />
        )}
        <NumberInput
          label="Active leads"
          placeholder={String(form.values.target_active)}
          min={1}
          allowDecimal={false}
          {...form.getInputProps(`${path}.target_active`)}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`Remove ${name}`}
          onClick={() => form.removeListItem('participants', index)}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
      <Collapse expanded={isOpen || isFaulty}>
        <div className={classes.takes}>
          <ConditionFields form={form} path={`${path}.takes`} />
        </div>
      </Collapse>
    </fieldset>
  );
}
