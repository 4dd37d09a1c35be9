import { LegacyRow } from './legacy-row.js';

/** How the rows of one table of the first version become rows of ours. */
export interface TableAdoption {
  table: string;
  /** Our columns with their types, as the baseline migration made them. */
  columns: Readonly<Record<string, string>>;
  /** Columns that hold ids of tables adopted earlier. */
  references?: Readonly<Record<string, string>>;
  /** Whether changes go into the history of the lead, as any change of a lead does. */
  hasHistory?: boolean;
  /** @returns null when we can hold no such row: it stays with the first version alone */
  adopt(row: LegacyRow): Record<string, unknown> | null;
}

/** When the row was made; the moment of adoption when nobody wrote it down. */
export function createdAt(row: LegacyRow, ...others: (string | null)[]): string {
  const known = row.time('created_at') ?? others.find((time) => time !== null);
  return known ?? row.change('created_at', 'missing', new Date().toISOString());
}
