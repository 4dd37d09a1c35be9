import type { LeadConditionDto } from '@/lib/api/schema';
import { words } from '@/lib/format';

const MOST_NAMED = 12;

/** `CA, NV or OR`. */
export function anyOf(values: readonly string[]): string {
  const named = values.slice(0, MOST_NAMED);
  if (values.length > MOST_NAMED) return `${named.join(', ')} or ${values.length - MOST_NAMED} others`;
  return named.length < 2 ? (named[0] ?? '') : `${named.slice(0, -1).join(', ')} or ${named.at(-1)}`;
}

const HANDLED = [
  'states',
  'cities',
  'zip_prefixes',
  'specialties',
  'priorities',
  'sources',
  'score_min',
  'score_max',
  'providers_min',
  'providers_max',
];

/** A condition on leads as one says it; `every lead` when it asks for nothing. */
export function conditionInWords(condition: LeadConditionDto | undefined): string {
  const parts = partsOf(condition ?? {});
  return parts.length === 0 ? 'every lead' : parts.join('; ');
}

function partsOf(condition: LeadConditionDto): string[] {
  const { states, cities, zip_prefixes, specialties, priorities, sources } = condition;
  const parts = [
    states && `in ${anyOf(states)}`,
    cities && `in ${anyOf(cities)}`,
    zip_prefixes && `ZIP begins with ${anyOf(zip_prefixes)}`,
    specialties && `specialty ${anyOf(specialties)}`,
    priorities && `priority ${anyOf(priorities)}`,
    sources && `source ${anyOf(sources.map((source) => words(source).toLowerCase()))}`,
    range('score', condition.score_min, condition.score_max),
    range('providers', condition.providers_min, condition.providers_max),
  ].filter((part) => typeof part === 'string');
  // What a newer server asks for is said, if less well.
  const others = Object.entries(condition).filter(([name]) => !HANDLED.includes(name));
  return [...parts, ...others.map(([name, value]) => `${words(name).toLowerCase()} ${plain(value)}`)];
}

function range(what: string, min: number | undefined, max: number | undefined): string | undefined {
  if (min === undefined && max === undefined) return undefined;
  if (max === undefined) return `${what} ${min} or more`;
  if (min === undefined) return `${what} up to ${max}`;
  return `${what} ${min}–${max}`;
}

/** Any value of JSON, without its marks. */
export function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value !== null && typeof value === 'object')
    return Object.entries(value)
      .map(([name, part]) => `${name.replaceAll('_', ' ')} ${plain(part)}`)
      .join(', ');
  return value === null ? 'none' : String(value);
}
