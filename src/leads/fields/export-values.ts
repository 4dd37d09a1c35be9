import { EntityType, LeadPriority } from '../../enums/index.js';

const YES = new Set(['y', 'yes', 'true', 't', '1']);
const NO = new Set(['n', 'no', 'false', 'f', '0']);
const ENTITY_TYPES = new Map<string, EntityType>([
  ['1', EntityType.INDIVIDUAL],
  ['individual', EntityType.INDIVIDUAL],
  ['2', EntityType.ORGANIZATION],
  ['organization', EntityType.ORGANIZATION],
]);
const PRIORITIES: readonly string[] = Object.values(LeadPriority);

/** The answer that exports write in many ways; null when the text is none of them. */
export function readYesNo(text: string): boolean | null {
  const answer = text.toLowerCase();
  return YES.has(answer) ? true : NO.has(answer) ? false : null;
}

/** NPPES: the provider did not answer. */
export function isNotAnswered(text: string): boolean {
  return text.toLowerCase() === 'x';
}

/** By name, or by its number in NPPES; null when the text is neither. */
export function readEntityType(text: string): EntityType | null {
  return ENTITY_TYPES.get(text.toLowerCase()) ?? null;
}

/** `A+`, or `A+ Priority` as the first version wrote it; null when the text is no priority. */
export function readPriority(text: string): LeadPriority | null {
  const letter = text.replace(/ priority$/i, '').toUpperCase();
  return PRIORITIES.includes(letter) ? (letter as LeadPriority) : null;
}

/**
 * The first version joined an owner's name and title by a comma and wrote `nan` for the one it lacked. Only lower case
 * is the marker: NAN is a given name.
 *
 * @returns '' when every part stood for nothing
 */
export function withoutMissingParts(ownerName: string): string {
  const parts = ownerName.split(', ');
  return parts.filter((part) => part !== 'nan' && part !== '<UNAVAIL>').join(', ');
}
