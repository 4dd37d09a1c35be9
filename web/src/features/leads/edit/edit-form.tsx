import { Alert } from '@mantine/core';
import { messageOf } from '@/lib/api/problem';
import classes from './edit-dialog.module.css';
import { FieldInput } from './field-input';
import { type FieldName, LEAD_FIELDS, SECTIONS } from './lead-fields';
import { MergeNotice } from './merge-notice';
import type { useLeadDraft } from './use-lead-draft';

interface EditFormProps {
  edit: ReturnType<typeof useLeadDraft>;
  focus: FieldName;
}

export function EditForm({ edit, focus }: EditFormProps) {
  return (
    <>
      {edit.merged && <MergeNotice merge={edit.merged} draft={edit.draft} onChoose={edit.set} />}
      {edit.problem && (
        <Alert color="red" mt="sm" role="alert" title="The changes were not saved">
          {messageOf(edit.problem)} What you have typed is kept.
        </Alert>
      )}
      {SECTIONS.map((section) => (
        <fieldset key={section} className={classes.section}>
          <legend className={classes.legend}>{section}</legend>
          <div className={classes.grid}>
            {LEAD_FIELDS.filter((field) => field.section === section).map((field) => {
              const changed = edit.changed.includes(field);
              return (
                <div
                  key={field.name}
                  className={[field.wide && classes.wide, changed && classes.changed]
                    .filter(Boolean)
                    .join(' ')}
                >
                  <FieldInput
                    field={field}
                    value={edit.draft[field.name]}
                    onChange={(value) => edit.set(field.name, value)}
                    refusal={edit.refusals[field.name]}
                    hint={edit.hints[field.name]}
                    autoFocus={field.name === focus}
                  />
                </div>
              );
            })}
          </div>
        </fieldset>
      ))}
    </>
  );
}
