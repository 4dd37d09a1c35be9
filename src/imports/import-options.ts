import { NO_FILTERS, NppesFilters } from './rows/nppes-row.js';

/** What happens to a row whose lead is there already. */
export const DUPLICATE_ACTIONS = ['skip', 'fill', 'overwrite', 'ask'] as const;
export type DuplicateAction = (typeof DUPLICATE_ACTIONS)[number];

/** How a file is imported; kept with it, and under these names on the wire. */
export interface ImportOptions {
  duplicates: DuplicateAction;
  /** Leads wait until they are released; otherwise distribution sees them at once. */
  hold: boolean;
  /** Shouting names in upper and lower case, streets abbreviated. */
  tidy: boolean;
  /** Of the registry: which rows become leads. */
  filters: NppesFilters;
}

export const DEFAULT_OPTIONS: ImportOptions = {
  duplicates: 'skip',
  hold: false,
  tidy: true,
  filters: { ...NO_FILTERS, active_only: true },
};

/** The registry knows its own facts best; what a person edited it never touches. */
export const NPPES_OPTIONS: ImportOptions = { ...DEFAULT_OPTIONS, duplicates: 'overwrite' };
