import type { LeadFilterDto } from './api/schema';
import { PRIORITIES, SOURCES, STATUSES } from './domain';

/** Which leads, in which order: the address of a list, and what is asked of the API. All text. */
export interface LeadSearch {
  q?: string;
  status?: string;
  priority?: string;
  source?: string;
  state?: string;
  city?: string;
  specialty?: string;
  assigned_user_id?: string;
  score_min?: string;
  score_max?: string;
  created_from?: string;
  created_to?: string;
  updated_from?: string;
  updated_to?: string;
  show_all?: 'true';
  deleted?: 'true';
  sort?: string;
  /** Id of the saved view that it began as; `all` for none where one begins with a view. */
  view?: string;
}

export const DEFAULT_SORT = '-score';

/** What a list can be sorted by. */
export const SORTS = [
  'score',
  'practice_name',
  'city',
  'state',
  'status',
  'next_follow_up',
  'last_contact_date',
  'created_at',
  'updated_at',
] as const;

const isTime = (value: string) => !Number.isNaN(Date.parse(value));
const isScore = (value: string) => /^(\d\d?|100)$/.test(value);
const oneOf = (allowed: readonly string[]) => (value: string) =>
  value.split(',').every((part) => allowed.includes(part));

const VALID: { [Name in keyof Required<LeadSearch>]: (value: string) => boolean } = {
  q: (value) => value.trim() !== '',
  status: oneOf(STATUSES),
  priority: oneOf(PRIORITIES),
  source: oneOf(SOURCES),
  state: (value) => /^[A-Z]{2}(,[A-Z]{2})*$/.test(value),
  city: Boolean,
  specialty: Boolean,
  assigned_user_id: (value) => /^(me|none|[1-9]\d*)$/.test(value),
  score_min: isScore,
  score_max: isScore,
  created_from: isTime,
  created_to: isTime,
  updated_from: isTime,
  updated_to: isTime,
  show_all: (value) => value === 'true',
  deleted: (value) => value === 'true',
  view: (value) => /^(all|[1-9]\d{0,8})$/.test(value),
  sort: (value) => (SORTS as readonly string[]).includes(value.replace(/^-/, '')),
};

/** Takes what is understood of an address and leaves the rest out. */
export function parseLeadSearch(search: Record<string, unknown>): LeadSearch {
  const valid = Object.entries(VALID).flatMap(([name, isValid]) => {
    const value = search[name];
    return typeof value === 'string' && isValid(value) ? [[name, value]] : [];
  });
  return Object.fromEntries(valid) as LeadSearch;
}

/** What narrows the list: everything but the order and the name of a view. */
export function filterOf({ sort: _, view: __, ...filter }: LeadSearch): Omit<LeadSearch, 'sort' | 'view'> {
  return filter;
}

export function isNarrowed(search: LeadSearch): boolean {
  return Object.keys(filterOf(search)).length > 0;
}

/** A body has numbers and flags where an address has text. */
export function filterForBody(search: LeadSearch): LeadFilterDto {
  const { score_min, score_max, show_all, deleted, ...filter } = filterOf(search);
  return {
    ...filter,
    ...(score_min && { score_min: Number(score_min) }),
    ...(score_max && { score_max: Number(score_max) }),
    ...(show_all && { show_all: true }),
    ...(deleted && { deleted: true }),
  };
}
