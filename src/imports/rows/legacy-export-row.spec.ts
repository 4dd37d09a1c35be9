import fc from 'fast-check';
import { LeadDraft } from './lead-draft.js';
import { LEAD_COLUMNS, readLegacyExportRow } from './legacy-export-row.js';

const ROW = {
  id: 0,
  score: 75,
  priority: 'A Priority',
  category: 'Podiatrist',
  practice_name: 'HARBOR FOOT & ANKLE',
  owner_name: 'DR. LEE PARK, VICE CHAIRMAN & OWNER',
  practice_phone: '(410) 234-5678',
  owner_phone: '410-234-5679',
  specialties: 'Podiatrist',
  providers: 1,
  city: 'BALTIMORE',
  state: 'MD',
  zip: '21201.0',
  address: '1 HARBOR PL, SUITE 2, BALTIMORE, MD',
  ein: null,
  is_sole_proprietor: 'nan',
  entity_type: 'Organization',
  npi: '1234567893',
};

function draftOf(changes: Record<string, unknown>): LeadDraft {
  const reading = readLegacyExportRow({ ...ROW, ...changes });
  if (!('draft' in reading)) throw new Error(`refused: ${JSON.stringify(reading)}`);
  return reading.draft;
}

const repairsOf = (changes: Record<string, unknown>) =>
  draftOf(changes).repairs.map(({ field, code }) => `${field} ${code}`);

describe('readLegacyExportRow', () => {
  it('cleans a row of the first version and says what it changed', () => {
    const { repairs, ...draft } = draftOf({});
    expect(draft).toEqual({
      npi: '1234567893',
      ein: null,
      practiceName: 'HARBOR FOOT & ANKLE',
      ownerName: 'DR. LEE PARK, VICE CHAIRMAN & OWNER',
      practicePhone: '(410) 234-5678',
      ownerPhone: '(410) 234-5679',
      specialties: 'Podiatrist',
      providers: 1,
      city: 'BALTIMORE',
      state: 'MD',
      zipCode: '21201',
      address: '1 HARBOR PL, SUITE 2',
      entityType: 'Organization',
      isSoleProprietor: null,
      category: 'Podiatrist',
      score: 75,
      priority: 'A',
      source: 'import',
    });
    expect(repairs.map(({ field, code }) => [field, code])).toEqual([
      ['zip_code', 'rewritten'],
      ['address', 'city_removed'],
      ['is_sole_proprietor', 'missing_marker'],
    ]);
  });

  it.each([
    ['practice_name', '<UNAVAIL>', 'practiceName', null],
    ['owner_name', 'nan, nan', 'ownerName', null],
    ['owner_name', 'nan, CEO', 'ownerName', 'CEO'],
    ['owner_name', 'LEE PARK, nan', 'ownerName', 'LEE PARK'],
    ['owner_name', 'PARK, NAN', 'ownerName', 'PARK, NAN'],
    ['owner_phone', '', 'ownerPhone', null],
    ['practice_phone', '555', 'practicePhone', null],
    ['practice_phone', 4102345678, 'practicePhone', '(410) 234-5678'],
    ['zip_code', '212015678', 'zipCode', '21201-5678'],
    ['zip', 7030, 'zipCode', '07030'],
    ['zip', 'near the pier', 'zipCode', null],
    ['state', 'Maryland', 'state', 'MD'],
    ['state', 'XX', 'state', null],
    ['ein', '123456789', 'ein', '12-3456789'],
    ['ein', 'unknown', 'ein', null],
    ['npi', '1234567893.0', 'npi', '1234567893'],
    ['npi', 1234567893, 'npi', '1234567893'],
    ['npi', '12', 'npi', null],
    ['providers', '3.0', 'providers', 3],
    ['providers', 0, 'providers', null],
    ['providers', 2.5, 'providers', null],
    ['score', 101, 'score', null],
    ['score', '', 'score', null],
    ['priority', 'A+ Priority', 'priority', 'A+'],
    ['priority', 'b+', 'priority', 'B+'],
    ['priority', 'High', 'priority', null],
    ['source', 'referral', 'source', 'referral'],
    ['source', 'elsewhere', 'source', 'import'],
    ['entity_type', 'constructor', 'entityType', null],
    ['entity_type', 'individual', 'entityType', 'Individual'],
    ['is_sole_proprietor', 'Y', 'isSoleProprietor', true],
    ['is_sole_proprietor', 'N', 'isSoleProprietor', false],
    ['is_sole_proprietor', 'True', 'isSoleProprietor', true],
    ['is_sole_proprietor', false, 'isSoleProprietor', false],
    ['is_sole_proprietor', 'X', 'isSoleProprietor', null],
    ['specialties', ['Cardiology', 'Nephrology'], 'specialties', 'Cardiology, Nephrology'],
    ['category', { name: 'Podiatrist' }, 'category', null],
    ['address', 'Baltimore, MD', 'address', null],
    ['address', '1 HARBOR PL, ANNAPOLIS, MD', 'address', '1 HARBOR PL, ANNAPOLIS, MD'],
    ['address', '1 BALTIMORE, MD', 'address', '1 BALTIMORE, MD'],
  ] as const)('reads %s %p as %s %p', (column, raw, property, expected) =>
    expect(draftOf({ [column]: raw })[property]).toEqual(expected),
  );

  it('notes what it leaves out, and is silent about a mere change of format', () => {
    const sound = { zip: '21201', address: '1 HARBOR PL', is_sole_proprietor: null };
    expect(repairsOf({ ...sound, ein: '123456789', practice_phone: '4102345678' })).toEqual([]);
    expect(repairsOf({ ...sound, practice_phone: '555', state: 'XX' })).toEqual([
      'state left_out',
      'practice_phone left_out',
    ]);
    expect(repairsOf({ ...sound, practice_name: 'x'.repeat(201) })).toEqual(['practice_name cut']);
    expect(draftOf({ practice_name: 'x'.repeat(201) }).practiceName).toHaveLength(200);
  });

  it('never repeats an EIN in a note', () => {
    const { repairs } = draftOf({ ein: '12-34567890' });
    expect(repairs.find(({ field }) => field === 'ein')?.message).not.toContain('3456');
  });

  it.each([
    [null, 'not_an_object'],
    [['1234567893'], 'not_an_object'],
    ['1234567893', 'not_an_object'],
    [{ city: 'BALTIMORE', practice_name: '<UNAVAIL>', npi: 'nan' }, 'nothing_to_identify'],
  ])('refuses %p as %s', (row, code) =>
    expect(readLegacyExportRow(row)).toEqual({
      refusal: { reasons: [expect.objectContaining({ field: 'row', code })] },
    }),
  );

  it('takes anything that JSON can hold, and what it answers reads as itself again', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('nan', '<UNAVAIL>', '92270.0', 'A Priority', 'MD'),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...LEAD_COLUMNS), value), (row) => {
        const reading = readLegacyExportRow(row);
        if (!('draft' in reading)) return;
        const { repairs: _, ...draft } = reading.draft;
        const again = readLegacyExportRow({
          ...draft,
          practice_name: draft.practiceName,
          owner_name: draft.ownerName,
          practice_phone: draft.practicePhone,
          owner_phone: draft.ownerPhone,
          zip_code: draft.zipCode,
          entity_type: draft.entityType,
          is_sole_proprietor: draft.isSoleProprietor,
        });
        expect(again).toMatchObject({
          draft: { npi: draft.npi, zipCode: draft.zipCode, state: draft.state },
        });
      }),
    );
  });
});
