import { Anchor, Button, Text } from '@mantine/core';
import { IconArrowMerge } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { StatusBadge } from '@/components/badges';
import type { LeadResponse, PairResponse } from '@/lib/api/schema';
import { shown } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { nameOfLead } from '../api/use-lead-actions';
import { FIELD, type FieldName } from '../edit/lead-fields';
import classes from './duplicates.module.css';

/** What tells whether two leads are one practice. */
const TELLING = [
  'owner_name',
  'address',
  'city',
  'practice_phone',
  'npi',
  'ein',
] as const satisfies FieldName[];

export const pairIds = ({ leads }: PairResponse): [number, number] => [leads[0]?.id ?? 0, leads[1]?.id ?? 0];

export const mergeSearch = (pair: PairResponse) => ({
  leads: pairIds(pair).join(','),
  from: 'queue' as const,
});

interface DuplicatePairProps {
  pair: PairResponse;
  onFocus: () => void;
  onDismiss: () => void;
}

/** Two leads beside each other, why they may be one, and the two answers. */
export function DuplicatePair({ pair, onFocus, onDismiss }: DuplicatePairProps) {
  const [first, second] = pair.leads;
  if (!first || !second) return null;
  const title = `${nameOfLead(first)} and ${nameOfLead(second)}`;
  return (
    <li className={classes.pair} tabIndex={-1} aria-label={title} onFocus={onFocus}>
      <div className={classes.why}>
        <Text size="sm" fw={600}>
          {pair.score} % alike
        </Text>
        <Text size="sm" c="dimmed">
          {pair.reasons.map(({ message }) => message).join(' ')}
        </Text>
        <div className={classes.answers}>
          <Button
            size="compact-sm"
            leftSection={<IconArrowMerge size={14} aria-hidden />}
            aria-label={`Merge… ${title}`}
            renderRoot={(props) => <Link to="/duplicates/merge" search={mergeSearch(pair)} {...props} />}
          >
            Merge…
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Two practices: ${title}`}
            onClick={onDismiss}
          >
            Two practices
          </Button>
        </div>
      </div>
      <Card lead={first} other={second} />
      <Card lead={second} other={first} />
    </li>
  );
}

function Card({ lead, other }: { lead: LeadResponse; other: LeadResponse }) {
  const nameOf = useNameOf();
  return (
    <div className={classes.card}>
      <Anchor
        size="sm"
        fw={600}
        renderRoot={(props) => <Link to="/leads/$leadId" params={{ leadId: String(lead.id) }} {...props} />}
      >
        {nameOfLead(lead)}
      </Anchor>
      <dl className={classes.facts}>
        {TELLING.map((name) => (
          <div key={name}>
            <dt>{FIELD[name].label}</dt>
            <dd data-same={(lead[name] !== null && lead[name] === other[name]) || undefined}>
              {name === 'city'
                ? [lead.city, lead.state, lead.zip_code].filter(Boolean).join(' ') || '—'
                : shown(lead[name])}
            </dd>
          </div>
        ))}
        <div>
          <dt>Agent</dt>
          <dd>
            {nameOf(lead.assigned_user_id)} · <StatusBadge status={lead.status} />
          </dd>
        </div>
      </dl>
    </div>
  );
}
