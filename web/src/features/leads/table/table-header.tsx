import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { DEFAULT_SORT } from '@/lib/lead-search';
import { COLUMN, NAME_COLUMN } from './columns';
import classes from './lead-table.module.css';
import type { LeadColumns } from './use-columns';

const KEY_STEP = 16;
const NARROWEST = 60;
const WIDEST = 600;

interface TableHeaderProps {
  columns: LeadColumns;
  sort?: string;
  onSort: (sort: string) => void;
  selected: 'none' | 'some' | 'all';
  onSelectAll: () => void;
}

/** Names of the columns: a click sorts, dragging moves, the right edge resizes by pointer and by arrow keys. */
export function TableHeader({
  columns,
  sort = DEFAULT_SORT,
  onSort,
  selected,
  onSelectAll,
}: TableHeaderProps) {
  const { table, shown, pinned } = columns;
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const [dragged, setDragged] = useState<string | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        <div role="columnheader" className={classes.check}>
          <Checkbox
            size="xs"
            aria-label="Select all loaded leads"
            checked={selected === 'all'}
            indeterminate={selected === 'some'}
            onChange={onSelectAll}
          />
        </div>
        {shown.map((id, index) => {
          const header = headers.find((candidate) => candidate.column.id === id);
          const column = COLUMN.get(id);
          const by = column?.sort;
          const direction =
            by && sort === by ? 'ascending' : by && sort === `-${by}` ? 'descending' : undefined;
          const isPinned = index < pinned.length;
          const width = table.getColumn(id)?.getSize() ?? 0;
          const resizeByKey = (event: KeyboardEvent) => {
            const step = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key];
            if (step === undefined) return;
            event.preventDefault();
            event.stopPropagation();
            const wide = Math.min(WIDEST, Math.max(NARROWEST, width + step));
            table.setColumnSizing((sizes) => ({ ...sizes, [id]: wide }));
          };
          return (
            <div
              key={id}
              role="columnheader"
              aria-sort={direction ?? (by ? 'none' : undefined)}
              className={isPinned ? `${classes.headCell} ${classes.pinned}` : classes.headCell}
              style={isPinned ? { left: `var(--left-${index})` } : undefined}
              data-target={(target === id && dragged !== null && dragged !== id) || undefined}
              draggable={id !== NAME_COLUMN}
              onDragStart={(event: DragEvent) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', column?.label ?? id);
                setDragged(id);
              }}
              onDragEnd={() => {
                setDragged(null);
                setTarget(null);
              }}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                setTarget(id);
              }}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== null) columns.move(dragged, id);
              }}
            >
              {by ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => onSort(direction === 'descending' ? by : `-${by}`)}
                >
                  <span className={classes.text}>{column.label}</span>
                  {direction === 'ascending' && <IconArrowUp size={13} aria-hidden />}
                  {direction === 'descending' && <IconArrowDown size={13} aria-hidden />}
                </button>
              ) : (
                <span className={classes.text}>{column?.label}</span>
              )}
              {header && (
                <div
                  role="separator"
                  aria-orientation="vertical"
                  aria-label={`Width of ${column?.label}`}
                  aria-valuenow={width}
                  aria-valuemin={NARROWEST}
                  aria-valuemax={WIDEST}
                  tabIndex={0}
                  className={classes.resize}
                  onKeyDown={resizeByKey}
                  onMouseDown={(event) => {
                    // Otherwise the browser drags the column, and the end of the resizing is never heard of.
                    event.preventDefault();
                    header.getResizeHandler()(event);
                  }}
                  onTouchStart={header.getResizeHandler()}
                  onDoubleClick={() => header.column.resetSize()}
                />
              )}
            </div>
          );
        })}
        <div role="columnheader" className={`${classes.headCell} ${classes.actions}`}>
          <span className={classes.hiddenText}>Actions</span>
        </div>
      </div>
    </div>
  );
}
