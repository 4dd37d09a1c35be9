import { Button, Checkbox } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { PriorityBadge, StatusBadge } from '@/components/badges';
import { PhoneLink } from '@/components/contact';
import type { LeadResponse } from '@/lib/api/schema';
import { type CellContext, COLUMN } from './columns';
import classes from './lead-table.module.css';

export interface LeadRowProps {
  lead: LeadResponse;
  index: number;
  /** Pixels from the top. */
  top: number;
  height: number;
  /** Ids of the columns, in order, joined by a space: one text compares faster than a list. */
  columns: string;
  /** How many of them stay at the left. */
  pinned: number;
  context: CellContext;
  isActive: boolean;
  isSelected: boolean;
  isCard: boolean;
  onToggle: (index: number, isRange: boolean) => void;
  onEdit: (lead: LeadResponse) => void;
  onActivate: (index: number) => void;
}

/** One lead. Memoized, so that scrolling draws only rows that come into sight. */
export const LeadRow = memo(function LeadRow(props: LeadRowProps) {
  const { lead, index, top, height, columns, pinned, context, isActive, isSelected, isCard } = props;
  const ids = columns.split(' ');
  const name = lead.practice_name ?? lead.owner_name ?? `Lead ${lead.id}`;
  const check = (
    <div role="gridcell" className={classes.check}>
      <Checkbox
        size="xs"
        aria-label={`Select ${name}`}
        checked={isSelected}
        onClick={(event) => {
          event.stopPropagation();
          props.onToggle(index, event.shiftKey);
        }}
        onChange={() => undefined}
      />
    </div>
  );
  const edit = (
    <div role="gridcell" className={classes.actions}>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Edit ${name}`}
        onClick={(event) => {
          event.stopPropagation();
          props.onEdit(lead);
        }}
      >
        Edit
      </Button>
    </div>
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys act on the active row, from anywhere on the page
    <div
      role="row"
      id={`lead-row-${lead.id}`}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={isCard ? `${classes.row} ${classes.card}` : classes.row}
      data-active={isActive || undefined}
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => props.onActivate(index)}
    >
      {check}
      {isCard ? (
        <Card lead={lead} context={context} />
      ) : (
        ids.map((id, position) => (
          <div
            key={id}
            role="gridcell"
            className={position < pinned ? `${classes.cell} ${classes.pinned}` : classes.cell}
            style={position < pinned ? { left: `var(--left-${position})` } : undefined}
          >
            <Content>{COLUMN.get(id)?.cell(lead, context)}</Content>
          </div>
        ))
      )}
      {edit}
    </div>
  );
});

/** Text is cut with an ellipsis where it does not fit. */
function Content({ children }: { children: ReactNode }) {
  return typeof children === 'string' ? <span className={classes.text}>{children}</span> : children;
}

/** What fits on a phone. */
function Card({ lead, context }: { lead: LeadResponse; context: CellContext }) {
  return (
    <div role="gridcell" className={classes.cardBody}>
      <div className={classes.cardLine}>{COLUMN.get('practice_name')?.cell(lead, context)}</div>
      <div className={classes.cardLine}>
        <StatusBadge status={lead.status} />
        <PriorityBadge priority={lead.priority} />
        <span className={classes.place}>{[lead.city, lead.state].filter(Boolean).join(', ')}</span>
      </div>
      {lead.practice_phone && (
        <div className={classes.cardLine}>
          <PhoneLink phone={lead.practice_phone} />
        </div>
      )}
    </div>
  );
}
