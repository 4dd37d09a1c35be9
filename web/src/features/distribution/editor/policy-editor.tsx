import { Alert, Button, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef } from 'react';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { NewPolicyDto, PolicyResponse, PolicyRulesDto } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { sayDone } from '@/lib/undo';
import { useSavePolicy } from '../api/use-policies';
import { Rehearsal } from '../rehearsal/rehearsal';
import { BasicFields } from './basic-fields';
import { ConditionFields } from './condition-fields';
import { fieldsOfRefusal } from './draft-check';
import { rulesOf } from './draft-rules';
import classes from './editor.module.css';
import { ParticipantFields } from './participant-fields';
import { CapacityFields, OrderFields } from './rule-fields';
import { Section } from './section';
import { SkillFields } from './skill-fields';
import { StrategyFields } from './strategy-fields';
import { CallWindowFields, DayFields, RecyclingFields } from './time-fields';
import { UnsavedGuard } from './unsaved-guard';
import { usePolicyForm } from './use-policy-form';

interface PolicyEditorProps {
  /** null: a new one. */
  policy: PolicyResponse | null;
  /** What the draft begins with. */
  base: PolicyRulesDto;
}

/** A draft of rules: filled in, rehearsed, saved as a version that nobody goes by yet. */
export function PolicyEditor({ policy, base }: PolicyEditorProps) {
  const me = useMe();
  const navigate = useNavigate();
  const isNew = policy === null;
  const form = usePolicyForm(base, isNew);
  const save = useSavePolicy();
  const isSaved = useRef(false);
  const element = useRef<HTMLFormElement>(null);
  const draft = form.values;
  const managerId = isNew
    ? teamOf(draft.manager_id, me.role === 'manager' ? me.id : null)
    : policy.manager_id;

  const showFaults = (faults: Record<string, string>) => {
    form.setErrors(faults);
    // After the fields have got their errors.
    requestAnimationFrame(() =>
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  const validRules = (): PolicyRulesDto | null => {
    const { hasErrors, errors } = form.validate();
    if (hasErrors) showFaults(errors as Record<string, string>);
    return hasErrors ? null : rulesOf(draft, base);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const rules = validRules();
    if (!rules) return;
    const version = { rules, note: draft.note.trim() || null, accept_overload: draft.accept_overload };
    const body = isNew
      ? {
          ...version,
          name: draft.name.trim(),
          ...(me.role === 'admin' && {
            manager_id: draft.manager_id === null ? null : Number(draft.manager_id),
            position: draft.position === '' ? 0 : draft.position,
          }),
        }
      : version;
    save.mutate(
      { id: policy?.id ?? null, body: body as NewPolicyDto },
      {
        onSuccess: (stored) => {
          isSaved.current = true;
          const made = stored.versions[0]?.version;
          sayDone(`Version ${made} is saved as a draft`);
          void navigate({
            to: '/distribution/policies/$policyId',
            params: { policyId: String(stored.id) },
            search: { version: String(made), view: 'changes' },
          });
        },
        onError: (error) => showFaults(fieldsOfRefusal(fieldErrorsOf(error))),
      },
    );
  };
  const others = otherRefusals(save.error, form.errors);
  return (
    <form ref={element} onSubmit={submit} noValidate>
      <UnsavedGuard isDirty={() => form.isDirty() && !isSaved.current} />
      {isNew && (
        <Section title="Policy" text="What it is called and whom it serves.">
          <BasicFields form={form} />
        </Section>
      )}
      <Section title="Leads" text="Which leads it takes. Empty fields ask for nothing.">
        <ConditionFields form={form} path="leads" />
      </Section>
      <Section
        title="Strategy"
        text="What everybody’s share follows. Nobody is ever further from it than one lead."
      >
        <StrategyFields form={form} />
      </Section>
      <Section title="Agents" text="Who takes part, and what each of them takes.">
        <ParticipantFields form={form} managerId={managerId} />
      </Section>
      <Section title="Skills" text="Leads that only agents who speak or know something get.">
        <SkillFields form={form} />
      </Section>
      <Section title="Capacity" text="How much anybody gets.">
        <CapacityFields form={form} />
      </Section>
      <Section title="Order" text="Which lead is next, and to whom it goes before all shares.">
        <OrderFields form={form} />
      </Section>
      <Section
        title="Call window"
        text="When a practice may be called, by its own clock. Until then its lead waits."
      >
        <CallWindowFields form={form} />
      </Section>
      <Section title="Recycling" text="Leads that nobody touches, and leads that were no good.">
        <RecyclingFields form={form} />
      </Section>
      <Section title="Days" text="When nobody works.">
        <DayFields form={form} />
      </Section>
      <Section title="Rehearsal" text="What would become of real leads. It writes nothing.">
        <Rehearsal
          policyId={policy?.id}
          what={{ rules: validRules }}
          onRefused={(error) => showFaults(fieldsOfRefusal(fieldErrorsOf(error)))}
        />
      </Section>
      <div className={classes.bar}>
        <div className={classes.summary}>
          {others ? (
            <Alert color="red" role="alert" py={8}>
              {others}
            </Alert>
          ) : (
            <Textarea
              aria-label="What is new"
              placeholder="What is new, and why? Kept with the version."
              autosize
              minRows={1}
              maxRows={3}
              maxLength={500}
              {...form.getInputProps('note')}
            />
          )}
        </div>
        <Button type="submit" loading={save.isPending}>
          Save as draft
        </Button>
      </div>
    </form>
  );
}

const teamOf = (chosen: string | null, own: number | null): number | null =>
  chosen === null ? own : Number(chosen);

/** What a refusal says about no field that is on show. */
function otherRefusals(error: unknown, shown: object): string | null {
  if (!error) return null;
  return Object.keys(shown).length > 0 ? null : messageOf(error);
}
