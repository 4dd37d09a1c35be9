import { Button, Group, Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useBlocker } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Confirm } from '@/components/confirm';
import type { LeadResponse } from '@/lib/api/schema';
import { sayDone } from '@/lib/undo';
import { nameOfLead } from '../api/use-lead-actions';
import { ChangeSummary } from './change-summary';
import classes from './edit-dialog.module.css';
import { EditForm } from './edit-form';
import type { FieldName } from './lead-fields';
import { MeanwhileNotice } from './meanwhile-notice';
import { useLeadDraft } from './use-lead-draft';

interface EditDialogProps {
  lead: LeadResponse;
  /** Where the cursor begins. */
  focus?: FieldName;
  onClose: () => void;
}

/** All fields of a lead, its changes before they are saved, and what to do when somebody else was quicker. */
export function EditDialog({ lead, focus, onClose }: EditDialogProps) {
  const isPhone = useMediaQuery('(max-width: 48em)');
  const [isLeaving, setLeaving] = useState(false);
  const edit = useLeadDraft(lead, (saved, labels) => {
    sayDone(`Lead updated successfully: ${nameOfLead(saved)} (${labels.join(', ')})`);
    onClose();
  });
  const blocker = useBlocker({
    shouldBlockFn: () => edit.isDirty,
    enableBeforeUnload: () => edit.isDirty,
    withResolver: true,
  });
  const isAsking = isLeaving || blocker.status === 'blocked';
  const close = () => (edit.isDirty ? setLeaving(true) : onClose());
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (edit.canSave && !edit.isSaving) void edit.save();
  };
  return (
    <Modal.Root
      opened
      onClose={close}
      size="xl"
      fullScreen={isPhone}
      closeOnClickOutside={false}
      closeOnEscape={!isAsking}
      yOffset="5dvh"
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={`Edit ${nameOfLead(lead)}`}>
        <form
          className={classes.form}
          data-full={isPhone || undefined}
          onSubmit={submit}
          noValidate
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          }}
        >
          <Modal.Header className={classes.header}>
            <Modal.Title>Edit {nameOfLead(lead)}</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </Modal.Header>
          <div className={classes.notice}>
            <MeanwhileNotice edit={edit} />
          </div>
          <div className={classes.fields}>
            <EditForm edit={edit} focus={focus ?? 'practice_name'} />
          </div>
          <Group className={classes.footer} justify="space-between" align="flex-end" wrap="nowrap">
            <ChangeSummary edit={edit} />
            <Group gap="xs" wrap="nowrap">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" loading={edit.isSaving} disabled={!edit.canSave}>
                Save Changes
              </Button>
            </Group>
          </Group>
        </form>
      </Modal.Content>
      <Confirm
        opened={isAsking}
        title="Discard your changes?"
        confirm="Discard"
        onCancel={() => {
          setLeaving(false);
          blocker.reset?.();
        }}
        onConfirm={() => {
          blocker.proceed?.();
          onClose();
        }}
      >
        {`You changed ${edit.changed.map((field) => field.label.toLowerCase()).join(', ')} and have not saved.`}
      </Confirm>
    </Modal.Root>
  );
}
