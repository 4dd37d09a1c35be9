import { Alert } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { Confirm } from '@/components/confirm';
import { messageOf } from '@/lib/api/problem';
import type { LeadResponse } from '@/lib/api/schema';
import { sayDone } from '@/lib/undo';
import { nameOfLead } from '../api/use-lead-actions';
import { FieldInput } from '../edit/field-input';
import type { LeadField } from '../edit/lead-fields';
import { MergeNotice } from '../edit/merge-notice';
import { useLeadDraft } from '../edit/use-lead-draft';
import classes from './lead-page.module.css';

interface InlineEditProps {
  lead: LeadResponse;
  field: LeadField;
  onClose: () => void;
}

/** One field, edited where it stands: Enter or leaving it saves, Escape leaves it as it was; what cannot be saved stays. */
export function InlineEdit({ lead, field, onClose }: InlineEditProps) {
  const edit = useLeadDraft(lead, (saved) => {
    sayDone(`Lead updated successfully: ${nameOfLead(saved)} (${field.label})`);
    onClose();
  });
  const place = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const input = place.current?.querySelector('input');
    input?.focus();
    input?.select();
  }, []);
  const blocker = useBlocker({
    shouldBlockFn: () => edit.isDirty && !edit.isSaving,
    enableBeforeUnload: () => edit.isDirty,
    withResolver: true,
  });
  const saveOrClose = () => {
    if (!edit.isDirty) onClose();
    else if (edit.canSave && !edit.isSaving) void edit.save();
  };
  // A choice is made once; what is typed is finished by Enter or by leaving.
  const choice = field.choices && edit.draft[field.name];
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each choice
  useEffect(() => {
    if (choice !== undefined && edit.isDirty) saveOrClose();
  }, [choice]);

  const onKeyDown = (event: KeyboardEvent) => {
    // The list of choices has keys of its own.
    if (event.defaultPrevented) return;
    if (event.key === 'Enter' && !field.choices) saveOrClose();
    else if (event.key === 'Escape') onClose();
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (!place.current?.contains(relatedTarget) && !edit.merged && !field.choices) saveOrClose();
  };
  return (
    <fieldset
      className={classes.inline}
      aria-label={`Edit ${field.label}`}
      ref={place}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      <FieldInput
        field={field}
        value={edit.draft[field.name]}
        onChange={(value) => edit.set(field.name, value)}
        refusal={edit.refusals[field.name]}
        hint={edit.hints[field.name]}
        isBare
      />
      {edit.merged && <MergeNotice merge={edit.merged} draft={edit.draft} onChoose={edit.set} />}
      {edit.problem && (
        <Alert color="red" mt="xs" role="alert" title="The change was not saved">
          {messageOf(edit.problem)} What you have typed is kept.
        </Alert>
      )}
      <Confirm
        opened={blocker.status === 'blocked'}
        title="Discard your change?"
        confirm="Discard"
        onCancel={() => blocker.reset?.()}
        onConfirm={() => blocker.proceed?.()}
      >
        {`You changed ${field.label.toLowerCase()} and have not saved.`}
      </Confirm>
    </fieldset>
  );
}
