import { LEAD_COLUMNS } from '../rows/legacy-export-row.js';

/** @returns the value; undefined when the text is not JSON */
export function parsedRow(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The names of the fields of these objects, in the order in which they come; our own ones even if they come later. */
export function keysOf(rows: unknown[]): string[] {
  const keys = new Set<string>();
  for (const row of rows.slice(0, 1_000)) {
    if (isObject(row)) for (const key of Object.keys(row)) keys.add(key);
  }
  if (rows.length > 0) for (const column of LEAD_COLUMNS) keys.add(column);
  return [...keys];
}

/** @returns the values in the order of the header; null when the row is no object */
export function cellsOf(row: unknown, header: readonly string[]): unknown[] | null {
  return isObject(row) ? header.map((key) => row[key]) : null;
}

function isObject(row: unknown): row is Record<string, unknown> {
  return typeof row === 'object' && row !== null && !Array.isArray(row);
}
