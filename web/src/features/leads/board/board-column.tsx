import { Menu, Skeleton, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { PriorityBadge, StatusBadge } from '@/components/badges';
import { ErrorState } from '@/components/states';
import { When } from '@/components/when';
import type { LeadResponse } from '@/lib/api/schema';
import type { LeadStatus } from '@/lib/domain';
import { count, words } from '@/lib/format';
import type { LeadSearch } from '@/lib/lead-search';
import { useNameOf } from '@/lib/people';
import { nameOfLead } from '../api/use-lead-actions';
import { useLeadList } from '../api/use-lead-list';
import classes from './board.module.css';
import { dragged } from './moves';
import type { ColumnSum } from './use-column-sums';

const CARD_HEIGHT = 104;
const PAGE_SIZE = 30;

interface BoardColumnProps {
  status: LeadStatus;
  statuses: readonly LeadStatus[];
  search: LeadSearch;
  sum: ColumnSum | undefined;
  onDrop: (lead: LeadResponse, status: LeadStatus) => void;
}

export function BoardColumn({ status, statuses, search, sum, onDrop }: BoardColumnProps) {
  const list = useLeadList({ ...search, status, show_all: 'true' }, PAGE_SIZE);
  const { leads } = list;
  const [isOver, setOver] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: leads.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT,
    overscan: 6,
  });
  const cards = virtual.getVirtualItems();
  const last = cards.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= leads.length - 8) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, last, leads.length, fetchNextPage]);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const lead = dragged.get();
    if (lead) onDrop(lead, status);
  };
  return (
    <section
      className={classes.column}
      data-over={isOver || undefined}
      data-status={status}
      aria-label={words(status)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <header className={classes.head}>
        <StatusBadge status={status} />
        <Text span size="sm" c="dimmed" className={classes.sum} title={sum?.explanation}>
          {list.isSuccess && `${list.isEstimate ? '~' : ''}${count(list.total)}`}
          {sum && ` · ${sum.text}`}
        </Text>
      </header>
      <div ref={scroller} className={classes.cards}>
        {list.isPending && [1, 2, 3].map((card) => <Skeleton key={card} height={92} mb={12} radius="md" />)}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && leads.length === 0 && (
          <Text size="sm" c="dimmed" ta="center" py="xl">
            No leads here
          </Text>
        )}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {cards.map(({ index, start }) => {
            const lead = leads[index];
            return (
              lead && (
                <div key={lead.id} className={classes.slot} style={{ transform: `translateY(${start}px)` }}>
                  <Card lead={lead} statuses={statuses} onMove={onDrop} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </section>
  );
}

interface CardProps {
  lead: LeadResponse;
  statuses: readonly LeadStatus[];
  onMove: (lead: LeadResponse, status: LeadStatus) => void;
}

function Card({ lead, statuses, onMove }: CardProps) {
  const nameOf = useNameOf();
  return (
    <article
      className={classes.card}
      draggable
      data-lead={lead.id}
      onDragStart={(event) => {
        dragged.set(lead);
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', nameOfLead(lead));
      }}
      onDragEnd={() => dragged.set(null)}
    >
      <div className={classes.cardTop}>
        <Link
          to="/leads/$leadId"
          params={{ leadId: String(lead.id) }}
          className={classes.name}
          draggable={false}
          data-card={lead.id}
          data-status={lead.status}
        >
          {nameOfLead(lead)}
        </Link>
        <Menu shadow="md" position="bottom-end">
          <Menu.Target>
            <button type="button" className={classes.menu} aria-label={`Move ${nameOfLead(lead)}`}>
              <IconDots size={15} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Move to</Menu.Label>
            {statuses.map((status) => (
              <Menu.Item key={status} disabled={status === lead.status} onClick={() => onMove(lead, status)}>
                <StatusBadge status={status} />
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <Text size="xs" c="dimmed" truncate>
        {[lead.specialties ?? lead.category, lead.city, lead.state].filter(Boolean).join(' · ') || '—'}
      </Text>
      <div className={classes.cardBottom}>
        <PriorityBadge priority={lead.priority} />
        <Text span size="xs" c="dimmed" truncate>
          {nameOf(lead.assigned_user_id)}
        </Text>
        <Text span size="xs" c="dimmed" ml="auto">
          <When time={lead.next_follow_up ?? lead.updated_at} />
        </Text>
      </div>
    </article>
  );
}
