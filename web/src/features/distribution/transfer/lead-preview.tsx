import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PriorityBadge, StatusBadge } from '@/components/badges';
import { ErrorState, LoadingRows } from '@/components/states';
import { counted } from '@/lib/format';
import type { useLeadsOf } from '../api/use-moves';
import classes from './transfer.module.css';

interface LeadPreviewProps {
  leads: ReturnType<typeof useLeadsOf>;
  isChosen: boolean;
  name: string;
}

/** What would move: how many, and the best of them. */
export function LeadPreview({ leads, isChosen, name }: LeadPreviewProps) {
  return (
    <section aria-label="Preview" className={classes.preview}>
      {!isChosen && (
        <Text size="sm" c="dimmed">
          Choose whose leads; what would move is shown here first.
        </Text>
      )}
      {isChosen && leads.isPending && <LoadingRows rows={4} />}
      {isChosen && leads.isError && <ErrorState error={leads.error} onRetry={() => void leads.refetch()} />}
      {isChosen && leads.data && (
        <>
          <Text size="sm" fw={600} mb="xs" role="status">
            {leads.data.total === 0
              ? `${name} has no active lead`
              : `${counted(leads.data.total, 'active lead')} of ${name}`}
          </Text>
          <ul className={classes.leads}>
            {leads.data.leads.map((lead) => (
              <li key={lead.id}>
                <Link to="/leads/$leadId" params={{ leadId: String(lead.id) }} className={classes.lead}>
                  {lead.practice_name ?? lead.owner_name ?? `Lead ${lead.id}`}
                </Link>
                <StatusBadge status={lead.status} />
                <PriorityBadge priority={lead.priority} />
              </li>
            ))}
          </ul>
          {leads.data.total > leads.data.leads.length && (
            <Text size="sm" c="dimmed" mt="xs">
              And {leads.data.total - leads.data.leads.length} more.
            </Text>
          )}
        </>
      )}
    </section>
  );
}
