import { type Updater, useTable } from '@tanstack/react-table';
import type { LeadResponse, ViewResponse } from '@/lib/api/schema';
import { type Density, density } from '@/lib/settings';
import { useStore } from '@/lib/store';
import {
  type ColumnChoice,
  choiceOfView,
  INITIAL_COLUMNS,
  orderOf,
  ownColumns,
  shownOf,
  unsavedColumns,
} from './column-choice';
import { COLUMNS, columnDefs, features, NAME_COLUMN } from './columns';

/** Rows are drawn from the loaded pages as they are: a model of a million rows would have to be built anew for each. */
const NO_ROWS: LeadResponse[] = [];
const resolve = <Value>(updater: Updater<Value>, before: Value): Value =>
  typeof updater === 'function' ? (updater as (before: Value) => Value)(before) : updater;

/** Which columns are shown, in which order, how wide, how high the rows: of a view, or one's own. */
export function useColumns(view?: ViewResponse) {
  const own = useStore(ownColumns);
  const unsaved = useStore(unsavedColumns);
  const usualDensity = useStore(density);
  const choice = view ? (unsaved[view.id] ?? choiceOfView(view.settings)) : own;
  const now = (): ColumnChoice =>
    view ? (unsavedColumns.get()[view.id] ?? choiceOfView(view.settings)) : ownColumns.get();
  const change = (part: Partial<ColumnChoice>) => {
    if (view) unsavedColumns.set({ ...unsavedColumns.get(), [view.id]: { ...now(), ...part } });
    else ownColumns.set({ ...now(), ...part });
  };
  const visibility = Object.fromEntries(
    COLUMNS.map(({ id }) => [id, id === NAME_COLUMN || !choice.hidden[id]]),
  );
  const pinned = [NAME_COLUMN, ...(choice.pinned ?? [])];
  const table = useTable({
    features,
    columns: columnDefs,
    data: NO_ROWS,
    columnResizeMode: 'onChange',
    state: {
      columnOrder: orderOf(choice),
      columnVisibility: visibility,
      columnSizing: choice.sizes,
      columnPinning: { start: pinned, end: [] },
    },
    onColumnOrderChange: (updater) => change({ order: resolve(updater, orderOf(now())) }),
    onColumnVisibilityChange: (updater) => {
      const hidden = Object.entries(resolve(updater, visibility)).filter(([, isShown]) => !isShown);
      change({ hidden: Object.fromEntries(hidden.map(([id]) => [id, true])) });
    },
    onColumnSizingChange: (updater) => change({ sizes: resolve(updater, now().sizes) }),
  });
  return {
    table,
    choice,
    /** Ids of the visible columns from left to right, the pinned ones first. */
    shown: shownOf(choice),
    pinned: pinned.filter((id) => id === NAME_COLUMN || !choice.hidden[id]),
    rowHeight: choice.density ?? usualDensity,
    /** Rows of a view; one's own are a preference. */
    setViewDensity: (rows: Density) => change({ density: rows }),
    move: (id: string, before: string) => change({ order: moved(orderOf(now()), id, before) }),
    setPinned: (id: string, isPinned: boolean) => {
      const others = (now().pinned ?? []).filter((other) => other !== id);
      change({ pinned: isPinned ? [...others, id] : others });
    },
    reset: () => {
      if (view) {
        const { [view.id]: _, ...rest } = unsavedColumns.get();
        unsavedColumns.set(rest);
      } else ownColumns.set(INITIAL_COLUMNS);
    },
  };
}

/** The order with `id` put where `before` is; the first column stays the first. */
function moved(order: readonly string[], id: string, before: string): string[] {
  if (id === before || id === NAME_COLUMN) return [...order];
  const isToTheRight = order.indexOf(id) < order.indexOf(before);
  const rest = order.filter((other) => other !== id);
  const at = Math.max(1, rest.indexOf(before) + (isToTheRight ? 1 : 0));
  return [...rest.slice(0, at), id, ...rest.slice(at)];
}

export type LeadColumns = ReturnType<typeof useColumns>;
