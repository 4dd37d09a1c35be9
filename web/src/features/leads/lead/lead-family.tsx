import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { StatusBadge } from '@/components/badges';
import { answerOf, api } from '@/lib/api/client';
import type { LeadResponse } from '@/lib/api/schema';
import { counted } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import classes from './lead-page.module.css';

/** The other locations of the practice, each a lead of its own. */
export function LeadFamily({ lead }: { lead: LeadResponse }) {
  const nameOf = useNameOf();
  const { data } = useQuery({
    queryKey: ['leads', 'found', 'family', lead.id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/leads/{id}/family', { params: { path: { id: lead.id } }, signal })),
  });
  if (!data || data.leads.length + data.others === 0) return null;
  return (
    <section className={classes.section} aria-label="Other locations">
      <h2 className={classes.heading}>Other locations</h2>
      <ul className={classes.list}>
        {data.leads.map((other) => (
          <li key={other.id} className={classes.entry}>
            <Anchor
              size="sm"
              renderRoot={(props) => (
                <Link to="/leads/$leadId" params={{ leadId: String(other.id) }} {...props} />
              )}
            >
              {[other.address, [other.city, other.state].filter(Boolean).join(', ')]
                .filter(Boolean)
                .join(', ') || `Lead ${other.id}`}
            </Anchor>
            <Text size="xs" c="dimmed" component="div">
              {other.practice_name ?? 'Without a name'} ·{' '}
              {other.by === 'ein' ? 'same EIN' : 'same name and official'} · {nameOf(other.assigned_user_id)}{' '}
              · <StatusBadge status={other.status} />
            </Text>
          </li>
        ))}
      </ul>
      {data.others > 0 && (
        <Text size="sm" mt={4}>
          {counted(data.others, 'location')} of somebody else, which you may not open
        </Text>
      )}
      {data.has_more && (
        <Text size="sm" c="dimmed" mt={4}>
          There are more than are shown here.
        </Text>
      )}
    </section>
  );
}
