import { hasValidNpiCheckDigit } from '../../leads/fields/npi.js';
import { normalizeUsPhone } from '../../leads/fields/phone.js';
import { USPS_STATE_CODES } from '../../leads/fields/state.js';
import { RowReading } from './lead-draft.js';
import { LEAD_COLUMNS, LeadColumn, readLegacyExportRow } from './legacy-export-row.js';

/** For each column of the file, in order, the field that it fills; null for none. */
export type ColumnMapping = (LeadColumn | null)[];

/** Names that spreadsheets and other products give to our fields, in letters and digits only. */
const NAMES: Readonly<Record<LeadColumn, readonly string[]>> = {
  npi: ['npi', 'npinumber', 'nationalprovideridentifier', 'providernpi', 'npiid'],
  ein: ['ein', 'taxid', 'taxidnumber', 'employeridentificationnumber', 'fein', 'tin'],
  practice_name: [
    'practicename',
    'practice',
    'company',
    'companyname',
    'account',
    'accountname',
    'organization',
    'organizationname',
    'business',
    'businessname',
    'clinic',
    'clinicname',
    'name',
    'facility',
    'facilityname',
    'legalname',
    'dba',
  ],
  owner_name: [
    'ownername',
    'owner',
    'contact',
    'contactname',
    'doctor',
    'physician',
    'provider',
    'providername',
    'fullname',
    'decisionmaker',
    'authorizedofficial',
  ],
  practice_phone: [
    'practicephone',
    'phone',
    'phonenumber',
    'telephone',
    'tel',
    'officephone',
    'mainphone',
    'businessphone',
    'workphone',
    'companyphone',
  ],
  owner_phone: [
    'ownerphone',
    'mobile',
    'mobilephone',
    'cell',
    'cellphone',
    'directphone',
    'contactphone',
    'directdial',
  ],
  specialties: ['specialties', 'specialty', 'speciality', 'specialities', 'taxonomy', 'taxonomydescription'],
  providers: [
    'providers',
    'providercount',
    'numberofproviders',
    'physicians',
    'doctors',
    'practicesize',
    'size',
  ],
  city: ['city', 'town', 'practicecity', 'billingcity', 'mailingcity'],
  state: ['state', 'st', 'province', 'practicestate', 'billingstate', 'stateprovince'],
  zip_code: ['zipcode', 'postalcode', 'postcode', 'zip5', 'billingzip', 'zippostalcode'],
  zip: ['zip'],
  address: [
    'address',
    'street',
    'streetaddress',
    'address1',
    'addressline1',
    'practiceaddress',
    'billingstreet',
  ],
  entity_type: ['entitytype', 'entitytypecode', 'type'],
  is_sole_proprietor: ['issoleproprietor', 'soleproprietor'],
  category: ['category', 'segment'],
  score: ['score', 'leadscore'],
  priority: ['priority', 'leadpriority'],
  source: ['source', 'leadsource'],
};

const BY_NAME = new Map(
  (Object.entries(NAMES) as [LeadColumn, readonly string[]][]).flatMap(([field, names]) =>
    names.map((name) => [name, field] as const),
  ),
);
const STATES = new Set<string>(USPS_STATE_CODES);

/** What a column holds, when most of its values say so; a name is surer and comes first. */
const BY_CONTENT: readonly (readonly [LeadColumn, (text: string) => boolean])[] = [
  ['npi', (text) => /^[12]\d{9}$/.test(text) && hasValidNpiCheckDigit(text)],
  ['ein', (text) => /^\d\d-\d{7}$/.test(text)],
  ['practice_phone', (text) => normalizeUsPhone(text) !== null],
  ['zip_code', (text) => /^\d{5}(-?\d{4})?$/.test(text)],
  ['state', (text) => STATES.has(text)],
];

/**
 * The field that each column most likely fills: by its name, else by what it holds.
 *
 * @param sample cells of the first rows
 */
export function suggestMapping(header: readonly string[], sample: readonly unknown[][]): ColumnMapping {
  const mapping: ColumnMapping = header.map(
    (name) => BY_NAME.get(name.toLowerCase().replace(/[^a-z0-9]/g, '')) ?? null,
  );
  const taken = new Set(mapping);
  // Of several columns for one field the first with values wins, except that a second telephone is the owner's.
  const phones = mapping.flatMap((field, place) => (field === 'practice_phone' ? [place] : []));
  if (phones.length > 1 && !taken.has('owner_phone')) mapping[phones[1] ?? 0] = 'owner_phone';
  for (const [place, field] of mapping.entries()) {
    if (field !== null) continue;
    const values = sample.map((cells) => String(cells[place] ?? '').trim()).filter((text) => text !== '');
    if (values.length === 0) continue;
    const found = BY_CONTENT.find(
      ([column, fits]) => !taken.has(column) && values.filter(fits).length >= 0.8 * values.length,
    )?.[0];
    if (!found) continue;
    mapping[place] = found;
    taken.add(found);
  }
  return mapping;
}

const IDENTIFYING: readonly LeadColumn[] = [
  'npi',
  'practice_name',
  'owner_name',
  'practice_phone',
  'owner_phone',
];

/** Whether rows under this mapping say whom they are about. */
export const identifiesLeads = (mapping: ColumnMapping): boolean =>
  IDENTIFYING.some((column) => mapping.includes(column));

export const isLeadColumn = (name: unknown): name is LeadColumn =>
  (LEAD_COLUMNS as readonly unknown[]).includes(name);

/** Reader for rows under a mapping; of several columns for one field the first that is filled counts. */
export function mappedRowReader(
  mapping: ColumnMapping,
  isTidying: boolean,
): (cells: readonly unknown[]) => RowReading {
  return (cells) => {
    const row: Partial<Record<LeadColumn, unknown>> = {};
    for (const [place, field] of mapping.entries()) {
      if (field !== null && (row[field] === undefined || row[field] === ''))
        row[field] = cells[place] ?? undefined;
    }
    return readLegacyExportRow(row, isTidying);
  };
}
