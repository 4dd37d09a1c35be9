import { Alert, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PriorityBadge, Score } from '@/components/badges';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { ApiProblem } from '@/lib/api/problem';
import type { ClaimableLead } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { counted } from '@/lib/format';
import { sayDone, sayFailed } from '@/lib/undo';
import { useClaim, useClaimPool } from '../api/use-claims';
import classes from '../distribution.module.css';
import pool from './claim.module.css';

/** Leads that an agent may take, first come, first served. */
export function ClaimPage() {
  const me = useMe();
  if (me.role !== 'agent')
    return (
      <EmptyState isPage title="Only agents claim leads">
        Yours is the overview of the distribution.
      </EmptyState>
    );
  return <ClaimPool />;
}

function ClaimPool() {
  const claimable = useClaimPool();
  const places = claimable.data?.free_places ?? 0;
  return (
    <>
      <PageHeader
        title="Claim pool"
        note={claimable.data && claimable.data.leads.length > 0 && `${counted(places, 'free place')}`}
      />
      <div className={classes.page}>
        {claimable.isPending && <LoadingRows height={48} />}
        {claimable.isError && <ErrorState error={claimable.error} onRetry={() => void claimable.refetch()} />}
        {claimable.data && <Leads leads={claimable.data.leads} freePlaces={places} />}
      </div>
    </>
  );
}

interface LostRace {
  name: string;
  nextId: number | null;
}

function Leads({ leads, freePlaces }: { leads: ClaimableLead[]; freePlaces: number }) {
  const claim = useClaim();
  const [lost, setLost] = useState<LostRace | null>(null);
  const take = (lead: ClaimableLead) =>
    claim.mutate(lead.id, {
      onSuccess: (mine) => {
        setLost(null);
        sayDone(`${nameOf(lead)} is yours${mine.practice_phone ? `: ${mine.practice_phone}` : ''}`);
      },
      onError: (error) => {
        if (error instanceof ApiProblem && error.code === 'lead-not-claimable')
          setLost({ name: nameOf(lead), nextId: (error.body['next_lead_id'] as number | null) ?? null });
        else sayFailed(error);
      },
    });
  const next = leads.find(({ id }) => id === lost?.nextId);
  return (
    <>
      {lost && (
        <Alert
          color="yellow"
          role="alert"
          mb="md"
          title={`Somebody was faster with ${lost.name}`}
          withCloseButton
          closeButtonLabel="Close"
          onClose={() => setLost(null)}
        >
          {next ? (
            <>
              <Text size="sm" mb="xs">
                The next best is {nameOf(next)}
                {next.city && `, ${next.city}`}.
              </Text>
              <Button size="compact-sm" loading={claim.isPending} onClick={() => take(next)}>
                Claim {nameOf(next)}
              </Button>
            </>
          ) : (
            'Nothing else waits to be claimed right now.'
          )}
        </Alert>
      )}
      {leads.length === 0 ? (
        <EmptyState title="Nothing waits to be claimed">
          Leads of pools that agents claim from come here by themselves. What is given to you is under Leads.
        </EmptyState>
      ) : (
        <ul className={pool.list} aria-label="Leads to claim">
          {leads.map((lead) => (
            <li key={lead.id} className={pool.lead} data-next={lead.id === lost?.nextId || undefined}>
              <div className={pool.who}>
                <Text size="sm" fw={500} truncate>
                  {nameOf(lead)}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {[lead.specialties, [lead.city, lead.state].filter(Boolean).join(', ')]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </div>
              <span className={pool.phone} title="Shown in full once the lead is yours">
                {lead.practice_phone ?? lead.owner_phone ?? 'No phone'}
              </span>
              <span className={pool.worth}>
                <PriorityBadge priority={lead.priority} />
                <Score score={lead.score} />
              </span>
              <Button
                size="xs"
                variant="light"
                disabled={freePlaces === 0}
                loading={claim.isPending && claim.variables === lead.id}
                aria-label={`Claim ${nameOf(lead)}`}
                onClick={() => take(lead)}
              >
                Claim
              </Button>
            </li>
          ))}
        </ul>
      )}
      {leads.length > 0 && freePlaces === 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          You have as many active leads as you may have. Close one of{' '}
          <Link to="/leads" className={classes.link}>
            yours
          </Link>{' '}
          to claim again.
        </Text>
      )}
    </>
  );
}

const nameOf = (lead: ClaimableLead): string => lead.practice_name ?? `Lead ${lead.id}`;
