import { Text } from '@mantine/core';
import { counted, shown } from '@/lib/format';
import classes from './edit-dialog.module.css';
import type { useLeadDraft } from './use-lead-draft';

/** What saving would change, from what to what. */
export function ChangeSummary({ edit }: { edit: ReturnType<typeof useLeadDraft> }) {
  if (!edit.isDirty) {
    return (
      <Text size="sm" c="dimmed">
        No changes yet
      </Text>
    );
  }
  return (
    <details className={classes.summary}>
      <summary>
        {counted(edit.changed.length, 'change')}
        {edit.faulty.length > 0 && (
          <Text span size="sm" c="var(--mantine-color-error)">
            {' '}
            · {counted(edit.faulty.length, 'field')} to correct
          </Text>
        )}
      </summary>
      <ul className={classes.changes} aria-label="Changes">
        {edit.changed.map(({ name, label, choices }) => {
          const { before, after } = edit.change(name);
          const chosen = choices?.find((choice) => choice.value === after)?.label ?? after;
          return (
            <li key={name}>
              {label}: <del>{shown(before)}</del> → <ins>{shown(chosen)}</ins>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
