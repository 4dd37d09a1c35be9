/** A sort order: the SQL it sorts by, never null, and the type its cursor values are cast to. */
export interface LeadSort {
  expression: string;
  type: 'integer' | 'text' | 'timestamptz';
}

/** What leads can be sorted by; the first four have an index of their own, the others suit narrowed lists. */
export const LEAD_SORTS: Readonly<Record<string, LeadSort>> = {
  score: { expression: 'l.score', type: 'integer' },
  created_at: { expression: 'l.created_at', type: 'timestamptz' },
  updated_at: { expression: 'l.updated_at', type: 'timestamptz' },
  practice_name: { expression: "lower(coalesce(l.practice_name, ''))", type: 'text' },
  city: { expression: "lower(coalesce(l.city, ''))", type: 'text' },
  state: { expression: "coalesce(l.state, '')", type: 'text' },
  status: { expression: 'l.status', type: 'text' },
  next_follow_up: { expression: "coalesce(l.next_follow_up, 'infinity'::timestamptz)", type: 'timestamptz' },
  last_contact_date: {
    expression: "coalesce(l.last_contact_date, '-infinity'::timestamptz)",
    type: 'timestamptz',
  },
};

export const DEFAULT_LEAD_SORT = '-score';

/** @param name e.g. `-score`, checked before against LEAD_SORTS */
export function parseSort(name: string): LeadSort & { direction: 'ASC' | 'DESC' } {
  const descending = name.startsWith('-');
  const sort = LEAD_SORTS[descending ? name.slice(1) : name];
  if (!sort) throw new RangeError(`Leads cannot be sorted by ${name}`);
  return { ...sort, direction: descending ? 'DESC' : 'ASC' };
}
