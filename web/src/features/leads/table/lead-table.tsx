import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type RefObject, useEffect, useMemo } from 'react';
import type { LeadResponse } from '@/lib/api/schema';
import { useNameOf } from '@/lib/people';
import { ROW_HEIGHT } from '@/lib/settings';
import { LeadRow } from './lead-row';
import classes from './lead-table.module.css';
import { TableHeader } from './table-header';
import type { LeadColumns } from './use-columns';
import type { useSelection } from './use-selection';

const CHECK_WIDTH = 40;
const ACTIONS_WIDTH = 76;
const CARD_HEIGHT = 98;
/** The next page is asked for while this many rows are still below. */
const ROWS_AHEAD = 40;

interface LeadTableProps {
  leads: LeadResponse[];
  total: number;
  columns: LeadColumns;
  selection: ReturnType<typeof useSelection>;
  active: number;
  onActivate: (index: number) => void;
  sort?: string;
  onSort: (sort: string) => void;
  onEdit: (lead: LeadResponse) => void;
  hasMore: boolean;
  onMore: () => void;
  grid: RefObject<HTMLDivElement | null>;
}

/** Leads as rows of which only those in sight exist; cards on a phone. */
export function LeadTable(props: LeadTableProps) {
  const { leads, columns, selection, active, hasMore, onMore, grid } = props;
  const isCard = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false }) ?? false;
  const { rowHeight, shown, pinned, table } = columns;
  const height = isCard ? CARD_HEIGHT : ROW_HEIGHT[rowHeight];
  const nameOf = useNameOf();
  const context = useMemo(() => ({ nameOf }), [nameOf]);
  const virtual = useVirtualizer({
    count: leads.length,
    getScrollElement: () => grid.current,
    estimateSize: () => height,
    overscan: 12,
    scrollPaddingStart: isCard ? 0 : 40,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another height makes every position another
  useEffect(() => virtual.measure(), [height]);
  useEffect(() => {
    if (hasMore && last >= leads.length - ROWS_AHEAD) onMore();
  }, [hasMore, last, leads.length, onMore]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another active row is to be brought into sight
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active);
  }, [active]);

  const widths = shown.map((id) => table.getColumn(id)?.getSize() ?? 0);
  const template = `${CHECK_WIDTH}px ${widths.map((wide) => `${wide}px`).join(' ')} minmax(${ACTIONS_WIDTH}px, 1fr)`;
  const width = CHECK_WIDTH + ACTIONS_WIDTH + widths.reduce((sum, wide) => sum + wide, 0);
  const ids = shown.join(' ');
  const isAll = selection.count > 0 && selection.count >= leads.length;
  const activeLead = leads[active];
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      className={classes.grid}
      aria-label="Leads"
      aria-multiselectable
      aria-rowcount={props.total + 1}
      aria-activedescendant={activeLead ? `lead-row-${activeLead.id}` : undefined}
      style={{ '--columns': template, ...leftEdges(widths, pinned.length) } as CSSProperties}
      data-density={rowHeight}
    >
      <div role="presentation" style={{ minWidth: isCard ? undefined : width }}>
        {!isCard && (
          <TableHeader
            columns={columns}
            sort={props.sort}
            onSort={props.onSort}
            selected={isAll ? 'all' : selection.count > 0 ? 'some' : 'none'}
            onSelectAll={isAll ? selection.clear : selection.selectLoaded}
          />
        )}
        <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const lead = leads[index];
            return (
              lead && (
                <LeadRow
                  key={lead.id}
                  lead={lead}
                  index={index}
                  top={start}
                  height={height}
                  columns={ids}
                  pinned={pinned.length}
                  context={context}
                  isActive={index === active}
                  isSelected={selection.ids.has(lead.id)}
                  isCard={isCard}
                  onToggle={selection.toggle}
                  onEdit={props.onEdit}
                  onActivate={props.onActivate}
                />
              )
            );
          })}
        </div>
        {hasMore && <div className={classes.more}>Loading more…</div>}
      </div>
    </div>
  );
}

/** Where each pinned column stays while the others move, as variables that header and rows share. */
function leftEdges(widths: readonly number[], pinned: number): Record<string, string> {
  let left = CHECK_WIDTH;
  return Object.fromEntries(
    widths.slice(0, pinned).map((width, index) => {
      const edge = [`--left-${index}`, `${left}px`] as const;
      left += width;
      return edge;
    }),
  );
}
