import type { ViewSettingsDto } from '@/lib/api/schema';
import type { Density } from '@/lib/settings';
import { createStore } from '@/lib/store';
import { storedSetting } from '@/lib/stored-setting';
import { COLUMN, COLUMNS, NAME_COLUMN } from './columns';

/** Which columns are shown, how. */
export interface ColumnChoice {
  order: string[];
  hidden: Record<string, boolean>;
  /** Pixels; only of columns that somebody resized. */
  sizes: Record<string, number>;
  /** Beside the first one, which always is. */
  pinned?: string[];
  density?: Density;
}

export const INITIAL_COLUMNS: ColumnChoice = {
  order: COLUMNS.map(({ id }) => id),
  hidden: hiddenBut(COLUMNS.filter(({ isDefault }) => isDefault).map(({ id }) => id)),
  sizes: {},
};

/** Of the list that no view is chosen for; kept in this browser. */
export const ownColumns = storedSetting<ColumnChoice>(
  'columns',
  INITIAL_COLUMNS,
  (value) =>
    typeof value === 'object' && value !== null && 'order' in value && 'hidden' in value && 'sizes' in value,
);

/** What somebody has changed about a view and not saved; by its id, as long as the page is open. */
export const unsavedColumns = createStore<Readonly<Record<number, ColumnChoice>>>({});

/** Every column in its order, those that were chosen before the others. */
export function orderOf({ order, pinned = [] }: ColumnChoice): string[] {
  const known = [...order, ...COLUMNS.map(({ id }) => id)].filter((id) => COLUMN.has(id));
  return [...new Set([NAME_COLUMN, ...pinned.filter((id) => COLUMN.has(id)), ...known])];
}

export function shownOf(choice: ColumnChoice): string[] {
  return orderOf(choice).filter((id) => id === NAME_COLUMN || !choice.hidden[id]);
}

export function choiceOfView(settings: ViewSettingsDto): ColumnChoice {
  const { columns, pinned = [], widths = [], density } = settings;
  if (!columns) return { ...INITIAL_COLUMNS, ...(density && { density }) };
  return {
    order: columns,
    hidden: hiddenBut(columns),
    sizes: Object.fromEntries(widths.map(({ column, width }) => [column, width])),
    pinned: pinned.filter((id) => id !== NAME_COLUMN),
    ...(density && { density }),
  };
}

function hiddenBut(shown: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(COLUMNS.filter(({ id }) => !shown.includes(id)).map(({ id }) => [id, true]));
}
