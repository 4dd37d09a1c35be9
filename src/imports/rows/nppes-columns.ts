/** Columns of the NPPES dissemination file that a lead is made of, by the names of the CMS header. */
const COLUMNS = {
  npi: 'NPI',
  entityType: 'Entity Type Code',
  ein: 'Employer Identification Number (EIN)',
  organizationName: 'Provider Organization Name (Legal Business Name)',
  lastName: 'Provider Last Name (Legal Name)',
  firstName: 'Provider First Name',
  middleName: 'Provider Middle Name',
  namePrefix: 'Provider Name Prefix Text',
  nameSuffix: 'Provider Name Suffix Text',
  credential: 'Provider Credential Text',
  otherOrganizationName: 'Provider Other Organization Name',
  otherOrganizationNameType: 'Provider Other Organization Name Type Code',
  address1: 'Provider First Line Business Practice Location Address',
  address2: 'Provider Second Line Business Practice Location Address',
  city: 'Provider Business Practice Location Address City Name',
  state: 'Provider Business Practice Location Address State Name',
  postalCode: 'Provider Business Practice Location Address Postal Code',
  country: 'Provider Business Practice Location Address Country Code (If outside U.S.)',
  phone: 'Provider Business Practice Location Address Telephone Number',
  deactivationDate: 'NPI Deactivation Date',
  reactivationDate: 'NPI Reactivation Date',
  officialLastName: 'Authorized Official Last Name',
  officialFirstName: 'Authorized Official First Name',
  officialMiddleName: 'Authorized Official Middle Name',
  officialNamePrefix: 'Authorized Official Name Prefix Text',
  officialNameSuffix: 'Authorized Official Name Suffix Text',
  officialCredential: 'Authorized Official Credential Text',
  officialTitle: 'Authorized Official Title or Position',
  officialPhone: 'Authorized Official Telephone Number',
  isSoleProprietor: 'Is Sole Proprietor',
} as const;

const TAXONOMY_CODE = 'Healthcare Provider Taxonomy Code_';
const PRIMARY_SWITCH = 'Healthcare Provider Primary Taxonomy Switch_';
const MOST_TAXONOMIES = 15;

export type NppesColumn = keyof typeof COLUMNS;

/** Where the columns stand in one file; a column that the file lacks has no position. */
export interface NppesLayout {
  positions: ReadonlyMap<NppesColumn, number>;
  taxonomies: readonly { code: number; isPrimary: number | undefined }[];
}

/** Whether this is the header of a NPPES dissemination file, version 1 or 2. */
export function isNppesHeader(header: readonly string[]): boolean {
  const names = new Set(header.map(comparable));
  return names.has(comparable(COLUMNS.npi)) && names.has(comparable(COLUMNS.entityType));
}

/** Version 1 and 2 order their columns differently and have different numbers of them: only names count. */
export function nppesLayout(header: readonly string[]): NppesLayout {
  const positionByName = new Map(header.map((name, position) => [comparable(name), position]));
  const positions = new Map<NppesColumn, number>();
  for (const [column, name] of Object.entries(COLUMNS) as [NppesColumn, string][]) {
    const position = positionByName.get(comparable(name));
    if (position !== undefined) positions.set(column, position);
  }
  const taxonomies = Array.from({ length: MOST_TAXONOMIES }, (_, index) => ({
    code: positionByName.get(comparable(`${TAXONOMY_CODE}${index + 1}`)),
    isPrimary: positionByName.get(comparable(`${PRIMARY_SWITCH}${index + 1}`)),
  })).filter(
    (taxonomy): taxonomy is { code: number; isPrimary: number | undefined } => taxonomy.code !== undefined,
  );
  return { positions, taxonomies };
}

/** Which columns of the file a lead is made of. */
export function wantedNppesColumns(header: readonly string[]): boolean[] {
  const { positions, taxonomies } = nppesLayout(header);
  const wanted = new Set([
    ...positions.values(),
    ...taxonomies.flatMap(({ code, isPrimary }) => [code, isPrimary ?? -1]),
  ]);
  return header.map((_, position) => wanted.has(position));
}

/** Whether this is the header of the list of deactivated NPIs that CMS publishes beside the registry. */
export function isDeactivationList(header: readonly string[]): boolean {
  const names = header.map(comparable).filter((name) => name !== '');
  return (
    names.length <= 3 && names.includes('npi') && names.some((name) => name.includes('deactivation date'))
  );
}

/** Editions differ in case, in blanks and in what they explain in brackets, as `(If outside U.S.)`. */
function comparable(name: string): string {
  return name
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
