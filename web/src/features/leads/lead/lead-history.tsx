import { Button, Group, Text } from '@mantine/core';
import { ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { LeadHistoryEntryDto, LeadResponse, UpdateLeadDto } from '@/lib/api/schema';
import { shown, words } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { sayDone, sayFailed } from '@/lib/undo';
import { useLeadHistory } from '../api/use-lead';
import { useUpdateLead } from '../api/use-update-lead';
import { PastMerges } from '../duplicates/past-merges';
import { FIELD, isFieldName } from '../edit/lead-fields';
import classes from './lead-page.module.css';

/** Who changed what, newest first; an old value can be brought back. */
export function LeadHistory({ lead }: { lead: LeadResponse }) {
  const history = useLeadHistory(lead.id);
  const update = useUpdateLead();
  const entries = history.data?.pages.flatMap((page) => page.history) ?? [];
  if (history.isPending) return <LoadingRows rows={4} />;
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (entries.length === 0) {
    return (
      <Text size="sm" c="dimmed" py="md">
        Nothing has been changed yet. Every change will be kept here.
      </Text>
    );
  }
  const restore = ({ field, old_value }: LeadHistoryEntryDto) =>
    update.mutate(
      { lead, changes: { [field]: old_value } as UpdateLeadDto },
      { onSuccess: () => sayDone(`${labelOf(field)} is ${shown(old_value)} again`), onError: sayFailed },
    );
  return (
    <>
      <PastMerges leadId={lead.id} />
      <ul className={classes.list}>
        {entries.map((entry) => (
          <li key={entry.id} className={classes.entry}>
            <Change entry={entry} />
            <Group justify="space-between" mt={2}>
              <Text size="xs" c="dimmed">
                {entry.actor?.full_name ?? 'The system'}
                {entry.source !== 'api' && ` (${words(entry.source).toLowerCase()})`} ·{' '}
                <When time={entry.changed_at} />
                {entry.lead_id !== lead.id && ` · lead ${entry.lead_id}, before they were one`}
              </Text>
              {canRestore(entry, lead) && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  disabled={update.isPending}
                  onClick={() => restore(entry)}
                >
                  Restore {shown(entry.old_value).slice(0, 24)}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {history.hasNextPage && (
        <Button variant="subtle" size="sm" mt="xs" onClick={() => void history.fetchNextPage()}>
          Earlier changes
        </Button>
      )}
    </>
  );
}

function Change({ entry }: { entry: LeadHistoryEntryDto }) {
  const nameOf = useNameOf();
  const text = (value: unknown) => {
    if (entry.field === 'assigned_user_id') return nameOf(value as number | null);
    return entry.field === 'status' ? words(String(value)) : shown(value);
  };
  return (
    <span>
      {labelOf(entry.field)}: <del>{text(entry.old_value)}</del> → <ins>{text(entry.new_value)}</ins>
      {entry.reason && (
        <Text span size="sm" c="dimmed">
          {' '}
          “{entry.reason}”
        </Text>
      )}
    </span>
  );
}

const LABELS: Readonly<Record<string, string>> = { assigned_user_id: 'Agent' };

function labelOf(field: string): string {
  return isFieldName(field) ? FIELD[field].label : (LABELS[field] ?? words(field));
}

function canRestore({ lead_id, field, old_value }: LeadHistoryEntryDto, lead: LeadResponse): boolean {
  return lead_id === lead.id && isFieldName(field) && lead[field] !== old_value;
}
