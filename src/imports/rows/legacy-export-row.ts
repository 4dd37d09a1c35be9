import { LeadSource } from '../../enums/index.js';
import { withoutMissingParts } from '../../leads/fields/export-values.js';
import { MOST_PROVIDERS } from '../../leads/fields/providers.js';
import { withoutCityAndState } from '../../leads/fields/street-address.js';
import { LeadDraft, RowReading, refused } from './lead-draft.js';
import { RowCleaner } from './row-cleaner.js';

/** Columns that are read; every other one, such as `id` and `status`, is ignored. */
export const LEAD_COLUMNS = [
  'npi',
  'ein',
  'practice_name',
  'owner_name',
  'practice_phone',
  'owner_phone',
  'specialties',
  'providers',
  'city',
  'state',
  'zip_code',
  'zip',
  'address',
  'entity_type',
  'is_sole_proprietor',
  'category',
  'score',
  'priority',
  'source',
] as const;

export type LeadColumn = (typeof LEAD_COLUMNS)[number];

/**
 * A row under our own field names: an object of the first version's export, or a row of a CSV file with these names as
 * header. Values may be text, numbers or truth values, with the dirt that spreadsheets and data frames leave:
 * `<UNAVAIL>`, `nan`, `92270.0`, `A Priority`, an address that ends with its city and state, `zip` for `zip_code`.
 *
 * @returns a refusal when the row names no practice, owner, NPI or phone
 */
export function readLegacyExportRow(row: unknown, isTidying = false): RowReading {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return refused('row', 'not_an_object', 'The row is not an object of named fields.');
  }
  const values = row as Partial<Record<LeadColumn, unknown>>;
  const cleaner = new RowCleaner(isTidying);
  const city = cleaner.name('city', values.city, 100);
  const state = cleaner.state(values.state);
  const draft: LeadDraft = {
    npi: cleaner.npi(values.npi),
    ein: cleaner.ein(values.ein),
    practiceName: cleaner.name('practice_name', values.practice_name, 200),
    ownerName: withoutMissing(cleaner, cleaner.name('owner_name', values.owner_name, 200)),
    practicePhone: cleaner.phone('practice_phone', values.practice_phone),
    ownerPhone: cleaner.phone('owner_phone', values.owner_phone),
    specialties: cleaner.text('specialties', listAsText(values.specialties), 500),
    providers: cleaner.wholeNumber('providers', values.providers, 1, MOST_PROVIDERS),
    city,
    state,
    zipCode: cleaner.zipCode(isBlank(values.zip_code) ? values.zip : values.zip_code),
    address: streetOnly(cleaner, cleaner.street(values.address, 300), city, state),
    entityType: cleaner.entityType(values.entity_type),
    isSoleProprietor: cleaner.yesOrNo('is_sole_proprietor', values.is_sole_proprietor),
    category: cleaner.text('category', values.category, 100),
    score: cleaner.wholeNumber('score', values.score, 0, 100),
    priority: cleaner.priority(values.priority),
    source: cleaner.source(values.source) ?? LeadSource.IMPORT,
    repairs: cleaner.repairs,
  };
  const identity = [draft.npi, draft.practiceName, draft.ownerName, draft.practicePhone, draft.ownerPhone];
  return identity.every((value) => value === null)
    ? refused(
        'row',
        'nothing_to_identify',
        'The row names no practice, owner, NPI or phone that can be read.',
      )
    : { draft };
}

function withoutMissing(cleaner: RowCleaner, ownerName: string | null): string | null {
  if (ownerName === null) return null;
  const present = withoutMissingParts(ownerName);
  if (present !== ownerName) {
    cleaner.note('owner_name', 'missing_marker', 'A part of the name stood for nothing; it was taken out.');
  }
  return present || null;
}

function streetOnly(
  cleaner: RowCleaner,
  address: string | null,
  city: string | null,
  state: string | null,
): string | null {
  const street = withoutCityAndState(address ?? '', city, state);
  if (address === null || street === address) return address;
  cleaner.note('address', 'city_removed', 'The address repeated its city and state; they were taken off.');
  return street === '' ? null : street;
}

function listAsText(specialties: unknown): unknown {
  const isList =
    Array.isArray(specialties) && specialties.every((specialty) => typeof specialty === 'string');
  return isList ? specialties.join(', ') : specialties;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
