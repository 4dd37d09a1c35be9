import fc from 'fast-check';
import { findDataQuality } from './data-quality.js';
import { hasAssignableEinPrefix, normalizeEin } from './ein.js';
import { hasValidNpiCheckDigit, normalizeNpi, npiCheckDigit } from './npi.js';
import { isAssignableUsPhone, normalizeUsPhone } from './phone.js';
import { priorityOfScore, scoreLead } from './scoring.js';
import { normalizeState, USPS_STATE_CODES } from './state.js';
import { isMissingMarker, trimmedOrNull } from './text.js';
import { normalizeZipCode, repairZipCode } from './zip-code.js';

describe('normalizeUsPhone', () => {
  it.each([
    ['(555) 123-4567', '(555) 123-4567'],
    ['5551234567', '(555) 123-4567'],
    ['1-555-123-4567', '(555) 123-4567'],
    ['+1 555.123.4567', '(555) 123-4567'],
    ['555 123 4567 ext. 12', '(555) 123-4567'],
    ['555-123-4567x9', '(555) 123-4567'],
    ['555', null],
    ['25551234567', null],
    ['call 5551234567', null],
    ['', null],
  ])('reads %p as %p', (raw, expected) => expect(normalizeUsPhone(raw)).toBe(expected));

  it('leaves its own answers as they are and takes any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d ()+-]{9,16}$/)), (raw) => {
        const phone = normalizeUsPhone(raw);
        if (phone !== null) {
          expect(phone).toMatch(/^\(\d{3}\) \d{3}-\d{4}$/);
          expect(normalizeUsPhone(phone)).toBe(phone);
        }
      }),
    );
  });
});

describe('isAssignableUsPhone', () => {
  it.each([
    ['(410) 234-5678', true],
    ['(555) 123-4567', false],
    ['(410) 123-4567', false],
    ['(011) 234-5678', false],
    ['(410) 911-5678', false],
    ['(410) 555-0123', false],
    ['(410) 555-0223', true],
    ['(290) 234-5678', false],
  ])('%s: %p', (phone, expected) => expect(isAssignableUsPhone(phone)).toBe(expected));
});

describe('EIN', () => {
  it.each([
    ['123456789', '12-3456789'],
    ['12-3456789', '12-3456789'],
    [' 12 3456789 ', '12-3456789'],
    ['1-23456789', null],
    ['12345678', null],
  ])('reads %p as %p', (raw, expected) => expect(normalizeEin(raw)).toBe(expected));

  it('knows prefixes that the IRS assigns', () => {
    expect(['12-3456789', '99-0000001', '01-0000001'].map(hasAssignableEinPrefix)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['00-0000001', '07-0000001', '49-0000001', '96-0000001'].map(hasAssignableEinPrefix)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('NPI', () => {
  it('takes ten digits, with or without the .0 of a spreadsheet', () => {
    expect(['1234567893', '1234567893.0', '123456789', '12345678934', 'x'].map(normalizeNpi)).toEqual([
      '1234567893',
      '1234567893',
      null,
      null,
      null,
    ]);
  });

  it("verifies the check digit of CMS's own example", () => {
    expect(hasValidNpiCheckDigit('1234567893')).toBe(true);
    expect(hasValidNpiCheckDigit('1234567890')).toBe(false);
    expect(hasValidNpiCheckDigit('1111111111')).toBe(false);
  });

  it('finds every single wrong digit', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[12]\d{8}$/),
        fc.nat(9),
        fc.integer({ min: 1, max: 9 }),
        (stem, position, shift) => {
          const npi = stem + npiCheckDigit(stem);
          const wrong = [...npi]
            .map((digit, index) => (index === position ? String((Number(digit) + shift) % 10) : digit))
            .join('');
          expect(hasValidNpiCheckDigit(npi)).toBe(true);
          expect(hasValidNpiCheckDigit(wrong)).toBe(false);
        },
      ),
    );
  });
});

describe('ZIP code', () => {
  it.each([
    ['12345', '12345'],
    ['123456789', '12345-6789'],
    ['12345-6789', '12345-6789'],
    ['1234', null],
    ['92270.0', null],
  ])('reads %p as %p', (raw, expected) => expect(normalizeZipCode(raw)).toBe(expected));

  it.each([
    ['92270.0', '92270'],
    ['7030.0', '07030'],
    ['7030', '07030'],
    ['925010000', '92501-0000'],
    ['70301234', '07030-1234'],
    ['abc', null],
  ])('repairs %p to %p', (raw, expected) => expect(repairZipCode(raw)).toBe(expected));
});

describe('normalizeState', () => {
  it.each([
    ['ca', 'CA'],
    [' California ', 'CA'],
    ['PR', 'PR'],
    ['XX', null],
    ['constructor', null],
  ])('reads %p as %p', (raw, expected) => expect(normalizeState(raw)).toBe(expected));

  it('knows 50 states, the district, 8 islands and 3 armed forces', () =>
    expect(USPS_STATE_CODES).toHaveLength(62));
});

describe('text', () => {
  it('loses blanks, control characters and halves of characters', () => {
    expect(trimmedOrNull('  a \u0000\t b\ud800 ')).toBe('a b');
    expect(trimmedOrNull(' \u200b ')).toBeNull();
    expect(trimmedOrNull('José 👩‍⚕️')).toBe('José 👩‍⚕️');
  });

  it('recognises what stands for nothing', () => {
    expect(['<UNAVAIL>', 'nan, nan', 'NaN', 'None', 'Nance'].map(isMissingMarker)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('scoring', () => {
  it.each([
    [null, null, 50, 'C'],
    ['Cardiology', 1, 70, 'B+'],
    ['Nephrology', 2, 85, 'A'],
    ['Cardiology, Nephrology', 3, 100, 'A+'],
    ['Podiatrist', 2, 60, 'B'],
  ])('%p with %p providers: %p, %p', (specialties, providers, score, priority) => {
    const scored = scoreLead({ specialties, providers });
    expect(scored.score).toBe(score);
    expect(priorityOfScore(scored.score)).toBe(priority);
    expect(
      Math.min(
        100,
        Object.values(scored.breakdown).reduce((a, b) => a + b),
      ),
    ).toBe(score);
  });
});

describe('findDataQuality', () => {
  const sound = {
    practiceName: 'Harbor Foot & Ankle',
    practicePhone: '(410) 234-5678',
    ownerPhone: null,
    address: '1 Harbor Place',
    city: 'Baltimore',
    state: 'MD',
    zipCode: '21201',
    ein: '12-3456789',
    npi: '1234567893',
  };

  it('says of a deactivated NPI since when it is', () => {
    const [finding] = findDataQuality({ ...sound, npiDeactivatedAt: new Date('2025-01-02T00:00:00Z') });
    expect(finding).toMatchObject({
      field: 'npi',
      code: 'npi_deactivated',
      message: expect.stringContaining('2025-01-02'),
    });
  });

  it('finds nothing in a sound lead', () => expect(findDataQuality(sound)).toEqual([]));

  it.each([
    [{ practiceName: null }, 'practice_name', 'practice_name_missing'],
    [{ practicePhone: null }, 'practice_phone', 'no_phone'],
    [{ practicePhone: '555' }, 'practice_phone', 'phone_invalid'],
    [{ ownerPhone: '(555) 123-4567' }, 'owner_phone', 'phone_unassignable'],
    [{ npi: '1234567890' }, 'npi', 'npi_check_digit'],
    [{ npi: '12' }, 'npi', 'npi_invalid'],
    [{ npi: '3234567891' }, 'npi', 'npi_first_digit'],
    [{ ein: '00-3456789' }, 'ein', 'ein_prefix'],
    [{ ein: '12345678' }, 'ein', 'ein_invalid'],
    [{ zipCode: '92270.0' }, 'zip_code', 'zip_invalid'],
    [{ state: 'ZZ' }, 'state', 'state_invalid'],
    [{ state: 'VA' }, 'zip_code', 'zip_state_mismatch'],
    [{ address: '1 Harbor Place, BALTIMORE, MD' }, 'address', 'address_repeats_city'],
  ])('finds %p', (defect, field, code) => {
    expect(findDataQuality({ ...sound, ...defect })).toEqual([expect.objectContaining({ field, code })]);
  });
});
