import fc from 'fast-check';
import { LeadDraft } from './lead-draft.js';
import { nppesRowReader } from './nppes-row.js';

const PRACTICE = 'Provider Business Practice Location Address';
const ORGANIZATION: Record<string, string> = {
  NPI: '1234567893',
  'Entity Type Code': '2',
  'Employer Identification Number (EIN)': '<UNAVAIL>',
  'Provider Organization Name (Legal Business Name)': 'HARBOR HOSPITAL SYSTEM, INC',
  'Provider First Line Business Practice Location Address': '1 HARBOR PL',
  'Provider Second Line Business Practice Location Address': 'SUITE 2',
  [`${PRACTICE} City Name`]: 'BALTIMORE',
  [`${PRACTICE} State Name`]: 'MD',
  [`${PRACTICE} Postal Code`]: '212015678',
  [`${PRACTICE} Country Code (If outside U.S.)`]: 'US',
  [`${PRACTICE} Telephone Number`]: '4102345678',
  'Authorized Official Last Name': 'PARK',
  'Authorized Official First Name': 'LEE',
  'Authorized Official Name Prefix Text': 'DR.',
  'Authorized Official Title or Position': 'CEO',
  'Authorized Official Telephone Number': '4102345679',
  'Healthcare Provider Taxonomy Code_1': '251G00000X',
  'Healthcare Provider Primary Taxonomy Switch_1': 'Y',
};
const INDIVIDUAL: Record<string, string> = {
  NPI: '1245319599',
  'Entity Type Code': '1',
  'Provider Last Name (Legal Name)': 'ORTIZ',
  'Provider First Name': 'SAM',
  'Provider Middle Name': 'Q',
  'Provider Name Prefix Text': 'DR.',
  'Provider Name Suffix Text': 'JR.',
  'Provider Credential Text': 'M.D.',
  [`${PRACTICE} State Name`]: 'CA',
  [`${PRACTICE} Postal Code`]: '92501',
  'Healthcare Provider Taxonomy Code_1': '207R00000X',
  'Healthcare Provider Primary Taxonomy Switch_1': 'N',
  'Healthcare Provider Taxonomy Code_2': '207RC0000X',
  'Healthcare Provider Primary Taxonomy Switch_2': 'Y',
  'Is Sole Proprietor': 'Y',
};

const read = (row: Record<string, string>) => nppesRowReader(Object.keys(row))(Object.values(row));

function draftOf(row: Record<string, string>): LeadDraft {
  const reading = read(row);
  if (!('draft' in reading)) throw new Error(`refused: ${JSON.stringify(reading)}`);
  return reading.draft;
}

describe('a row of the NPPES file', () => {
  it('becomes a lead owned by the authorized official when it is an organization', () => {
    expect(draftOf(ORGANIZATION)).toEqual({
      npi: '1234567893',
      ein: null,
      practiceName: 'HARBOR HOSPITAL SYSTEM, INC',
      ownerName: 'DR. LEE PARK, CEO',
      practicePhone: '(410) 234-5678',
      ownerPhone: '(410) 234-5679',
      specialties: 'Hospice',
      providers: null,
      city: 'BALTIMORE',
      state: 'MD',
      zipCode: '21201-5678',
      address: '1 HARBOR PL, SUITE 2',
      entityType: 'Organization',
      isSoleProprietor: null,
      category: 'Home and Residential Care',
      score: null,
      priority: null,
      source: 'nppes_extraction',
      repairs: [],
    });
  });

  it('becomes a lead under the name of the provider when it is an individual', () => {
    expect(draftOf(INDIVIDUAL)).toMatchObject({
      practiceName: 'DR. SAM Q ORTIZ JR., M.D.',
      ownerName: 'DR. SAM Q ORTIZ JR., M.D.',
      ownerPhone: null,
      providers: 1,
      zipCode: '92501',
      entityType: 'Individual',
      isSoleProprietor: true,
      repairs: [],
    });
  });

  it('has no owner when the individual is not known to be sole proprietor', () => {
    for (const answer of ['N', 'X', '']) {
      expect(draftOf({ ...INDIVIDUAL, 'Is Sole Proprietor': answer }).ownerName).toBeNull();
    }
    expect(draftOf({ ...INDIVIDUAL, 'Is Sole Proprietor': 'X' }).isSoleProprietor).toBeNull();
  });

  it('puts the primary taxonomy first, wherever it stands', () => {
    const draft = draftOf(INDIVIDUAL);
    expect(draft.specialties).toBe('Cardiology, Internal Medicine');
    expect(draft.category).toBe('Cardiology');
  });

  it('takes the first taxonomy for the primary one when no switch says so, and names each specialty once', () => {
    const draft = draftOf({
      ...INDIVIDUAL,
      'Healthcare Provider Primary Taxonomy Switch_2': 'X',
      'Healthcare Provider Taxonomy Code_3': '207RS0012X',
    });
    expect(draft.specialties).toBe('Internal Medicine, Cardiology');
  });

  it('notes a taxonomy code that it does not know', () => {
    const draft = draftOf({ ...ORGANIZATION, 'Healthcare Provider Taxonomy Code_1': '999X00000X' });
    expect(draft).toMatchObject({ specialties: null, category: null });
    expect(draft.repairs).toEqual([
      expect.objectContaining({ field: 'specialties', code: 'unknown_taxonomy' }),
    ]);
  });

  it('goes by its doing-business-as name, and by no other kind of name', () => {
    const named = { ...ORGANIZATION, 'Provider Other Organization Name': 'HARBOR HOSPICE' };
    const typeCode = 'Provider Other Organization Name Type Code';
    expect(draftOf({ ...named, [typeCode]: '3' }).practiceName).toBe('HARBOR HOSPICE');
    expect(draftOf({ ...named, [typeCode]: '4' }).practiceName).toBe('HARBOR HOSPITAL SYSTEM, INC');
  });

  it('leaves out an official who has a title but no name', () => {
    const {
      'Authorized Official Last Name': _,
      'Authorized Official First Name': __,
      ...rest
    } = ORGANIZATION;
    expect(draftOf({ ...rest, 'Authorized Official Name Prefix Text': '' }).ownerName).toBeNull();
  });

  it('is read by the names of the header in any order, case and edition', () => {
    const reversed = Object.fromEntries(Object.entries(ORGANIZATION).reverse());
    const renamed = Object.fromEntries(
      Object.entries(ORGANIZATION).map(([name, value]) => [
        ` ${name.replace(' (If outside U.S.)', '').toUpperCase()}`,
        value,
      ]),
    );
    expect(draftOf(reversed)).toEqual(draftOf(ORGANIZATION));
    expect(draftOf({ ...renamed, 'Certification Date': '01/02/2026' })).toEqual(draftOf(ORGANIZATION));
  });

  it.each([
    [{ NPI: '12345' }, 'npi', 'npi_invalid'],
    [{ 'Entity Type Code': '', 'NPI Deactivation Date': '03/04/2020' }, 'npi', 'deactivated'],
    [{ 'NPI Deactivation Date': '03/04/2020' }, 'npi', 'deactivated'],
    [
      {
        'Entity Type Code': '',
        'NPI Deactivation Date': '03/04/2020',
        'NPI Reactivation Date': '01/02/2019',
      },
      'npi',
      'deactivated',
    ],
    [{ 'Entity Type Code': '' }, 'entity_type', 'entity_type_unknown'],
    [{ [`${PRACTICE} Country Code (If outside U.S.)`]: 'DE' }, 'address', 'outside_us'],
  ])('is refused when it has %p', (changes, field, code) =>
    expect(read({ ...ORGANIZATION, ...(changes as Record<string, string>) })).toEqual({
      refusal: { reasons: [expect.objectContaining({ field, code })] },
    }),
  );

  it('is taken when it was deactivated and is active again', () => {
    const dates = { 'NPI Deactivation Date': '03/04/2020', 'NPI Reactivation Date': '05/06/2020' };
    expect(draftOf({ ...ORGANIZATION, ...dates }).npi).toBe('1234567893');
  });

  it('never throws, whatever the cells hold', () => {
    const readRow = nppesRowReader(Object.keys(ORGANIZATION));
    const width = Object.keys(ORGANIZATION).length;
    const cells = fc.array(fc.string({ unit: 'binary' }), { maxLength: width });
    fc.assert(
      fc.property(cells, (row) => {
        expect(readRow(row)).toBeDefined();
        expect(readRow(['1234567893', '2', ...row])).toBeDefined();
      }),
    );
  });
});
