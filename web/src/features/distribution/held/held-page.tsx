import { Button, Checkbox, SegmentedControl, Select, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PriorityBadge, Score } from '@/components/badges';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { WaitingLead } from '@/lib/api/schema';
import { counted } from '@/lib/format';
import { type HeldList, PARKED_REASONS, type ParkedReason, useHeldLeads } from '../api/use-overview';
import classes from '../distribution.module.css';
import { LeadersOnly } from '../leaders-only';
import { waitingReason } from '../words';
import held from './held.module.css';
import { ReleaseDialog } from './release-dialog';

const route = getRouteApi('/distribution/held');

/** Leads that nobody has, and why: those that wait, in order, and those that were taken back too often. */
export function HeldPage() {
  return (
    <LeadersOnly>
      <Held />
    </LeadersOnly>
  );
}

function Held() {
  const { list = 'parked', reason } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader title="Parked & quarantine">
        {list === 'parked' && (
          <Select
            aria-label="Reason"
            placeholder="Any reason"
            clearable
            w={250}
            data={PARKED_REASONS.map((value) => ({ value, label: waitingReason(value) }))}
            value={reason ?? null}
            onChange={(next) =>
              void navigate({ search: next === null ? {} : { reason: next as ParkedReason }, replace: true })
            }
          />
        )}
        <SegmentedControl
          aria-label="List"
          value={list}
          onChange={(next) =>
            void navigate({ search: next === 'quarantine' ? { list: 'quarantine' } : {}, replace: true })
          }
          data={[
            { value: 'parked', label: 'Parked' },
            { value: 'quarantine', label: 'Quarantine' },
          ]}
        />
      </PageHeader>
      <div className={classes.page}>
        <Text size="sm" c="dimmed" mb="sm" maw={720}>
          {list === 'parked'
            ? 'Leads of the pool in the order in which they are served. Each goes out by itself as soon as what it waits for is there.'
            : 'Leads that were given out and taken back untouched too often. They stay here until somebody looks at them and releases them.'}
        </Text>
        <HeldLeads key={list} list={list} reason={reason} />
      </div>
    </>
  );
}

function HeldLeads({ list, reason }: { list: HeldList; reason?: ParkedReason }) {
  const leads = useHeldLeads(list, reason);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [isReleasing, setReleasing] = useState(false);
  const items = leads.data?.pages.flatMap((page) => page.items) ?? [];
  if (leads.isPending) return <LoadingRows height={40} />;
  if (leads.isError) return <ErrorState error={leads.error} onRetry={() => void leads.refetch()} />;
  if (items.length === 0)
    return list === 'parked' ? (
      <EmptyState title="No lead waits">Whatever comes in finds somebody at once.</EmptyState>
    ) : (
      <EmptyState title="Nothing is in quarantine">No lead has been taken back too often.</EmptyState>
    );
  const toggle = (id: number) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <>
      {list === 'quarantine' && (
        <div className={held.bar}>
          <Checkbox
            label={chosen.size > 0 ? `${counted(chosen.size, 'lead')} chosen` : 'Choose all'}
            checked={chosen.size === items.length}
            indeterminate={chosen.size > 0 && chosen.size < items.length}
            onChange={() =>
              setChosen(chosen.size > 0 ? new Set() : new Set(items.map(({ lead }) => lead.id)))
            }
          />
          <Button size="compact-md" disabled={chosen.size === 0} onClick={() => setReleasing(true)}>
            Release
          </Button>
        </div>
      )}
      <ol className={held.list}>
        {items.map((item) => (
          <HeldLead
            key={item.lead.id}
            item={item}
            isChosen={chosen.has(item.lead.id)}
            onToggle={list === 'quarantine' ? () => toggle(item.lead.id) : undefined}
          />
        ))}
      </ol>
      {leads.hasNextPage && (
        <Button
          variant="subtle"
          mt="xs"
          loading={leads.isFetchingNextPage}
          onClick={() => void leads.fetchNextPage()}
        >
          More
        </Button>
      )}
      {isReleasing && (
        <ReleaseDialog
          ids={[...chosen]}
          onClose={(isDone) => {
            setReleasing(false);
            if (isDone) setChosen(new Set());
          }}
        />
      )}
    </>
  );
}

/** Reasons whose explanation says more than the reason: until when, how often. */
const SAYS_MORE: ReadonlySet<string> = new Set(['not_callable', 'recycled_too_often']);

interface HeldLeadProps {
  item: WaitingLead;
  isChosen: boolean;
  onToggle?: () => void;
}

function HeldLead({
  item: { lead, reason, explanation, since, position },
  isChosen,
  onToggle,
}: HeldLeadProps) {
  const name = lead.practice_name ?? lead.owner_name ?? `Lead ${lead.id}`;
  return (
    <li className={held.lead}>
      {onToggle ? (
        <Checkbox aria-label={`Choose ${name}`} checked={isChosen} onChange={onToggle} />
      ) : (
        <span className={held.position}>{position}</span>
      )}
      <div className={held.who}>
        <Link
          to="/leads/$leadId"
          params={{ leadId: String(lead.id) }}
          search={{ tab: 'why' }}
          className={classes.rowLink}
        >
          {name}
        </Link>
        <Text size="xs" c="dimmed" truncate>
          {[lead.specialties, [lead.city, lead.state].filter(Boolean).join(', ')].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <div className={held.why}>
        <Text size="sm">{waitingReason(reason)}</Text>
        {SAYS_MORE.has(reason) && (
          <Text size="xs" c="dimmed">
            {explanation}
          </Text>
        )}
      </div>
      <span className={held.worth}>
        <PriorityBadge priority={lead.priority} />
        <Score score={lead.score} />
      </span>
      <Text size="xs" c="dimmed" className={held.since}>
        since <When time={since} />
        {lead.times_recycled > 0 && <br />}
        {lead.times_recycled > 0 && `taken back ${lead.times_recycled}×`}
      </Text>
    </li>
  );
}
