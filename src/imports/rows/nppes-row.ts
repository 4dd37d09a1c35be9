import { createHash } from 'node:crypto';
import { EntityType, LeadSource } from '../../enums/index.js';
import { trimmedOrNull } from '../../leads/fields/text.js';
import { LeadDraft, RowReading, refused } from './lead-draft.js';
import { NppesColumn, NppesLayout, nppesLayout } from './nppes-columns.js';
import { registryDate } from './registry-date.js';
import { RowCleaner } from './row-cleaner.js';
import { Specialty, specialtyOfTaxonomy } from './taxonomy.js';

/** What NPPES publishes in place of every organization's EIN: no defect of the row. */
const WITHHELD = '<UNAVAIL>';
const INDIVIDUAL = '1';
const ORGANIZATION = '2';
/** Kind of an organization's other name that is its doing-business-as name. */
const DOING_BUSINESS_AS = '3';

/** Which rows of the registry become leads. */
export interface NppesFilters {
  /** USPS codes; all when empty. */
  states: string[];
  /** Beginnings of taxonomy codes, e.g. `207R`; all when empty. */
  taxonomies: string[];
  entity_type: EntityType | null;
  /** Passes over NPIs that were deactivated instead of refusing them. */
  active_only: boolean;
}

export const NO_FILTERS: NppesFilters = { states: [], taxonomies: [], entity_type: null, active_only: false };

type Cell = (column: NppesColumn) => string;

/**
 * Reader for the rows of one NPPES dissemination file (`npidata_pfile_*.csv`), by the names in its header.
 *
 * The practice goes by its doing-business-as name where there is one, else by its legal name; an individual's practice
 * by the provider's name and credential. The owner is an organization's authorized official with title, or the individual
 * who is sole proprietor. The primary taxonomy is the one whose switch is Y, the first when none is.
 *
 * @returns refusals for deactivated NPIs, practices outside the US, and rows without NPI or entity type
 * @see CMS, "NPPES Data Dissemination - Readme" and "- Code Values"
 */
export function nppesRowReader(
  header: readonly string[],
  filters: NppesFilters = NO_FILTERS,
  isTidying = false,
): (cells: readonly string[]) => RowReading {
  const layout = nppesLayout(header);
  const states = new Set(filters.states);
  return (cells) => {
    const cell: Cell = (column) => cells[layout.positions.get(column) ?? -1]?.trim() ?? '';
    if (isDeactivated(cell) && filters.active_only)
      return {
        isPassedOver: true,
        deactivated: { npi: cell('npi'), at: registryDate(cell('deactivationDate')) },
      };
    const refusal = refusalOf(cell);
    if (refusal) return refusal;
    const codes = taxonomyCodes(layout, cells);
    if (states.size > 0 && !states.has(cell('state').toUpperCase())) return { isPassedOver: true };
    const draft = draftOf(cell, codes, isTidying);
    const isWanted =
      (filters.entity_type === null || draft.entityType === filters.entity_type) &&
      (filters.taxonomies.length === 0 ||
        codes.some((code) => filters.taxonomies.some((t) => code.startsWith(t))));
    if (!isWanted) return { isPassedOver: true };
    const site = draft.entityType === EntityType.ORGANIZATION ? siteOf(draft) : null;
    return { draft, site, reactivatedAt: registryDate(cell('reactivationDate')) };
  };
}

/** Where the individual of a row works; null for organizations, and for rows that `nppesRowReader` passes over or refuses. */
export function nppesSiteReader(
  header: readonly string[],
  filters: NppesFilters,
  isTidying: boolean,
): (cells: readonly string[]) => string | null {
  const { positions } = nppesLayout(header);
  const states = new Set(filters.states);
  return (cells) => {
    const cell: Cell = (column) => cells[positions.get(column) ?? -1]?.trim() ?? '';
    if (cell('entityType') !== INDIVIDUAL || refusalOf(cell)) return null;
    if (states.size > 0 && !states.has(cell('state').toUpperCase())) return null;
    return siteOf(placeOf(cell, new RowCleaner(isTidying)));
  };
}

/** Columns that `nppesSiteReader` looks at. */
export function siteColumns(header: readonly string[]): boolean[] {
  const { positions } = nppesLayout(header);
  const wanted = new Set(SITE_COLUMNS.map((column) => positions.get(column)));
  return header.map((_, position) => wanted.has(position));
}

const SITE_COLUMNS: readonly NppesColumn[] = [
  'npi',
  'entityType',
  'deactivationDate',
  'reactivationDate',
  'country',
  'state',
  'address1',
  'address2',
  'postalCode',
  'phone',
];

type Place = Pick<LeadDraft, 'address' | 'zipCode' | 'practicePhone'>;

const placeOf = (cell: Cell, cleaner: RowCleaner): Place => ({
  practicePhone: cleaner.phone('practice_phone', cell('phone')),
  zipCode: cleaner.zipCode(cell('postalCode')),
  address: cleaner.street(joined(', ', cell('address1'), cell('address2')), 300),
});

/** Practices at one address with one telephone are one place of work. */
function siteOf({ address, zipCode, practicePhone }: Place): string | null {
  if (address === null || zipCode === null || practicePhone === null) return null;
  return createHash('md5')
    .update(`${address.toLowerCase()}|${zipCode.slice(0, 5)}|${practicePhone}`)
    .digest('hex');
}

// A provider deactivated for a second time keeps the date of the earlier reactivation but loses the entity type.
const isDeactivated = (cell: Cell): boolean =>
  cell('deactivationDate') !== '' && (cell('reactivationDate') === '' || cell('entityType') === '');

function refusalOf(cell: Cell): RowReading | null {
  const entityType = cell('entityType');
  const country = cell('country');
  if (!/^\d{10}$/.test(cell('npi'))) return refused('npi', 'npi_invalid', 'The row has no NPI of 10 digits.');
  if (isDeactivated(cell)) {
    return refused('npi', 'deactivated', `The NPI was deactivated on ${cell('deactivationDate')}.`);
  }
  if (entityType !== INDIVIDUAL && entityType !== ORGANIZATION) {
    return refused('entity_type', 'entity_type_unknown', 'The entity type is neither 1 nor 2.');
  }
  if (country !== '' && country !== 'US') {
    return refused('address', 'outside_us', `The practice is outside the US (${country.slice(0, 20)}).`);
  }
  return null;
}

function draftOf(cell: Cell, codes: readonly string[], isTidying: boolean): LeadDraft {
  const cleaner = new RowCleaner(isTidying);
  const isOrganization = cell('entityType') === ORGANIZATION;
  const isSoleProprietor = cleaner.yesOrNo('is_sole_proprietor', cell('isSoleProprietor'));
  const providerName = isOrganization ? cell('organizationName') : individualName(cell);
  const tradeName =
    cell('otherOrganizationNameType') === DOING_BUSINESS_AS ? cell('otherOrganizationName') : '';
  const ownerName = isOrganization ? officialName(cell) : isSoleProprietor ? providerName : '';
  const specialties = specialtiesOf(codes, cleaner);
  return {
    npi: cell('npi'),
    ein: cell('ein') === WITHHELD ? null : cleaner.ein(cell('ein')),
    practiceName: cleaner.name('practice_name', tradeName || providerName, 200),
    ownerName: cleaner.name('owner_name', ownerName, 200),
    ...placeOf(cell, cleaner),
    ownerPhone: cleaner.phone('owner_phone', cell('officialPhone')),
    specialties: cleaner.text('specialties', specialties.map(({ specialty }) => specialty).join(', '), 500),
    providers: isOrganization ? null : 1,
    city: cleaner.name('city', cell('city'), 100),
    state: cleaner.state(cell('state')),
    entityType: isOrganization ? EntityType.ORGANIZATION : EntityType.INDIVIDUAL,
    isSoleProprietor,
    category: specialties[0]?.category ?? null,
    score: null,
    priority: null,
    source: LeadSource.NPPES_EXTRACTION,
    repairs: cleaner.repairs,
  };
}

function individualName(cell: Cell): string {
  const name = joined(
    ' ',
    cell('namePrefix'),
    cell('firstName'),
    cell('middleName'),
    cell('lastName'),
    cell('nameSuffix'),
  );
  return joined(', ', name, cell('credential'));
}

function officialName(cell: Cell): string {
  const name = joined(
    ' ',
    cell('officialNamePrefix'),
    cell('officialFirstName'),
    cell('officialMiddleName'),
    cell('officialLastName'),
    cell('officialNameSuffix'),
  );
  // A title without a name says nothing about whom to ask for.
  return name === '' ? '' : joined(', ', name, cell('officialCredential'), cell('officialTitle'));
}

function joined(separator: string, ...parts: string[]): string {
  return parts.filter((part) => part !== '' && part !== WITHHELD).join(separator);
}

/** Codes of the row, the primary one first, each once. */
function taxonomyCodes(layout: NppesLayout, cells: readonly string[]): string[] {
  const codes: string[] = [];
  for (const { code, isPrimary } of layout.taxonomies) {
    const text = trimmedOrNull(cells[code] ?? '');
    if (text === null) continue;
    if (isPrimary !== undefined && cells[isPrimary]?.trim() === 'Y') codes.unshift(text);
    else codes.push(text);
  }
  return [...new Set(codes)];
}

function specialtiesOf(codes: readonly string[], cleaner: RowCleaner): Specialty[] {
  const byLabel = new Map<string, Specialty>();
  for (const code of codes) {
    const known = specialtyOfTaxonomy(code);
    if (known !== null) byLabel.set(known.specialty, byLabel.get(known.specialty) ?? known);
    else
      cleaner.note(
        'specialties',
        'unknown_taxonomy',
        `“${code.slice(0, 20)}” is no taxonomy code that we know.`,
      );
  }
  return [...byLabel.values()];
}
