import { USPS_STATE_CODES } from '@server/leads/fields/state';
import { PRIORITIES, SOURCES, STATUSES } from '@/lib/domain';
import { words } from '@/lib/format';
import type { LeadSearch } from '@/lib/lead-search';

export interface Choice {
  value: string;
  label: string;
}

/** Filters of the API, by the way in which one sets them. A range has a lower and an upper name. */
export type FilterKind =
  | { kind: 'some-of'; name: keyof LeadSearch; label: string; choices: readonly Choice[] }
  | { kind: 'agent'; name: 'assigned_user_id'; label: string }
  | { kind: 'text'; name: keyof LeadSearch; label: string }
  | { kind: 'range'; name: keyof LeadSearch; upper: keyof LeadSearch; label: string; type: 'number' | 'date' }
  | { kind: 'flag'; name: 'show_all' | 'deleted'; label: string; leadersOnly?: boolean };

const choices = (values: readonly string[]): Choice[] =>
  values.map((value) => ({ value, label: words(value) }));
const codes = (values: readonly string[]): Choice[] => values.map((value) => ({ value, label: value }));

export const FILTERS: readonly FilterKind[] = [
  { kind: 'some-of', name: 'status', label: 'Status', choices: choices(STATUSES) },
  { kind: 'some-of', name: 'priority', label: 'Priority', choices: codes(PRIORITIES) },
  { kind: 'agent', name: 'assigned_user_id', label: 'Agent' },
  { kind: 'some-of', name: 'state', label: 'State', choices: codes(USPS_STATE_CODES) },
  { kind: 'text', name: 'city', label: 'City' },
  { kind: 'text', name: 'specialty', label: 'Specialty' },
  { kind: 'range', name: 'score_min', upper: 'score_max', label: 'Score', type: 'number' },
  { kind: 'some-of', name: 'source', label: 'Source', choices: choices(SOURCES) },
  { kind: 'range', name: 'created_from', upper: 'created_to', label: 'Created', type: 'date' },
  { kind: 'range', name: 'updated_from', upper: 'updated_to', label: 'Changed', type: 'date' },
  { kind: 'flag', name: 'show_all', label: 'Closed ones too' },
  { kind: 'flag', name: 'deleted', label: 'Deleted', leadersOnly: true },
];

export function isSet(filter: FilterKind, search: LeadSearch): boolean {
  return search[filter.name] !== undefined || (filter.kind === 'range' && search[filter.upper] !== undefined);
}

/** The search without this filter. */
export function without(filter: FilterKind, search: LeadSearch): LeadSearch {
  const { [filter.name]: _, ...rest } = search;
  if (filter.kind !== 'range') return rest;
  const { [filter.upper]: __, ...others } = rest as LeadSearch;
  return others;
}

/** What a chip says. */
export function described(
  filter: FilterKind,
  search: LeadSearch,
  nameOf: (id: number | null) => string,
): string {
  const value = search[filter.name] ?? '';
  switch (filter.kind) {
    case 'flag':
      return filter.label;
    case 'text':
      return `${filter.label}: ${value}`;
    case 'agent':
      return `Agent: ${value === 'me' ? 'me' : value === 'none' ? 'nobody' : nameOf(Number(value))}`;
    case 'some-of': {
      const chosen = value
        .split(',')
        .map((part) => filter.choices.find((choice) => choice.value === part)?.label);
      return `${filter.label}: ${chosen.length > 2 ? `${chosen.length} chosen` : chosen.join(' or ')}`;
    }
    case 'range': {
      const to = search[filter.upper];
      const shown = (text: string) => (filter.type === 'date' ? text.slice(0, 10) : text);
      if (value && to) return `${filter.label}: ${shown(value)} to ${shown(to)}`;
      return value ? `${filter.label}: from ${shown(value)}` : `${filter.label}: up to ${shown(to ?? '')}`;
    }
  }
}
