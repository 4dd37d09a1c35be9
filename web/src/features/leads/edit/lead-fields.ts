import { EntityType } from '@server/enums/entity-type';
import { normalizeEin } from '@server/leads/fields/ein';
import { normalizeNpi } from '@server/leads/fields/npi';
import { normalizeUsPhone } from '@server/leads/fields/phone';
import { normalizeState } from '@server/leads/fields/state';
import { trimmedOrNull } from '@server/leads/fields/text';
import { normalizeZipCode } from '@server/leads/fields/zip-code';
import type { LeadResponse, UpdateLeadDto } from '@/lib/api/schema';

export type FieldName = Exclude<keyof UpdateLeadDto, 'version'>;
export type FieldValue = string | number | boolean | null;

/** What is typed, field by field; empty text is no value. */
export type Draft = Record<FieldName, string>;

export interface LeadField {
  name: FieldName;
  label: string;
  section: 'Practice' | 'Contact' | 'Address' | 'Registration';
  /** Characters at most. */
  max?: number;
  /** How the server writes it; null when it would refuse it. Its own code, so both agree. */
  normalize?: (text: string) => string | null;
  /** Said when it does not normalize. */
  rule?: string;
  choices?: readonly { value: string; label: string }[];
  inputMode?: 'tel' | 'numeric';
  placeholder?: string;
  wide?: boolean;
}

const wholeNumber = (text: string) => {
  const amount = Number(text);
  return /^\d{1,5}$/.test(text) && amount >= 1 && amount <= 9999 ? String(amount) : null;
};
const phone = {
  normalize: normalizeUsPhone,
  rule: 'A US phone number has 10 digits',
  inputMode: 'tel',
} as const;

/** Every field that people fill in, in the order of the form. */
export const LEAD_FIELDS: readonly LeadField[] = [
  { name: 'practice_name', label: 'Practice name', section: 'Practice', max: 200, wide: true },
  { name: 'specialties', label: 'Specialties', section: 'Practice', max: 500, wide: true },
  { name: 'category', label: 'Category', section: 'Practice', max: 100 },
  {
    name: 'providers',
    label: 'Providers',
    section: 'Practice',
    normalize: wholeNumber,
    rule: 'A whole number from 1 to 9999',
    inputMode: 'numeric',
  },
  {
    name: 'entity_type',
    label: 'Entity type',
    section: 'Practice',
    choices: Object.values(EntityType).map((value) => ({ value, label: value })),
  },
  {
    name: 'is_sole_proprietor',
    label: 'Sole proprietor',
    section: 'Practice',
    choices: [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ],
  },
  { name: 'owner_name', label: 'Owner name', section: 'Contact', max: 200, wide: true },
  {
    name: 'practice_phone',
    label: 'Practice phone',
    section: 'Contact',
    placeholder: '(555) 123-4567',
    ...phone,
  },
  { name: 'owner_phone', label: 'Owner phone', section: 'Contact', placeholder: '(555) 123-4567', ...phone },
  { name: 'address', label: 'Address', section: 'Address', max: 300, wide: true },
  { name: 'city', label: 'City', section: 'Address', max: 100 },
  {
    name: 'state',
    label: 'State',
    section: 'Address',
    normalize: normalizeState,
    rule: 'A USPS state code such as CA',
    placeholder: 'CA',
  },
  {
    name: 'zip_code',
    label: 'ZIP code',
    section: 'Address',
    normalize: normalizeZipCode,
    rule: 'A ZIP code has 5 digits, or 5+4',
    placeholder: '12345',
  },
  {
    name: 'npi',
    label: 'NPI',
    section: 'Registration',
    normalize: normalizeNpi,
    rule: 'An NPI has 10 digits',
    inputMode: 'numeric',
  },
  {
    name: 'ein',
    label: 'EIN',
    section: 'Registration',
    normalize: normalizeEin,
    rule: 'An EIN looks like 12-3456789',
    placeholder: '12-3456789',
  },
];

export const FIELD: Readonly<Record<FieldName, LeadField>> = Object.fromEntries(
  LEAD_FIELDS.map((field) => [field.name, field]),
) as Record<FieldName, LeadField>;

export const SECTIONS = [...new Set(LEAD_FIELDS.map((field) => field.section))];

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(FIELD, name);
}

export function draftOf(lead: Pick<LeadResponse, FieldName>): Draft {
  const entries = LEAD_FIELDS.map(({ name }) => [name, lead[name] === null ? '' : String(lead[name])]);
  return Object.fromEntries(entries) as Draft;
}

export const EMPTY_DRAFT: Draft = Object.fromEntries(LEAD_FIELDS.map(({ name }) => [name, ''])) as Draft;

/** @returns why the server would refuse what is typed; null when it would take it */
export function faultOf(field: LeadField, typed: string): string | null {
  const text = trimmedOrNull(typed);
  if (text === null) return null;
  if (field.max && text.length > field.max) return `At most ${field.max} characters; this has ${text.length}`;
  return field.normalize && field.normalize(text) === null ? (field.rule ?? 'Not valid') : null;
}

/** What is typed as the server would write it. */
export function tidied(field: LeadField, typed: string): string {
  const text = trimmedOrNull(typed) ?? '';
  return field.normalize?.(text) ?? text;
}

/** The value to send. */
export function wireValue(field: LeadField, typed: string): FieldValue {
  const text = tidied(field, typed);
  if (text === '') return null;
  if (field.name === 'providers') return Number(text);
  return field.name === 'is_sole_proprietor' ? text === 'true' : text;
}

/** Fields whose typed value is another than the lead's. */
export function changedFields(lead: Pick<LeadResponse, FieldName>, draft: Draft): LeadField[] {
  return LEAD_FIELDS.filter((field) => wireValue(field, draft[field.name]) !== lead[field.name]);
}

/** The body of a request that sets these fields. */
export function changesOf(fields: readonly LeadField[], draft: Draft): UpdateLeadDto {
  return Object.fromEntries(
    fields.map((field) => [field.name, wireValue(field, draft[field.name])]),
  ) as UpdateLeadDto;
}
