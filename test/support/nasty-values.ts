import fc from 'fast-check';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const NASTY_TEXT = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\u202e\ufeff\u200b',
  'İıſK',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍⚕️',
  '__proto__',
  'constructor',
  'toString',
  "'; DROP TABLE users; --",
  '%',
  '\\',
  '_%_',
  '$1',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-0',
  '1e309',
  '0x10',
  '٣',
  '9'.repeat(40),
  'x'.repeat(3_000),
  '<% '.repeat(40),
];

/** Times that are well formed, or nearly, and hard on whoever has to store or compare them. */
export const NASTY_TIMES = [
  '2025-07-22T16:30:00Z',
  '2025-07-22',
  '2025-W30-2',
  '2025-203',
  '20250722T163000Z',
  '2025-07-22T24:00:00Z',
  '2025-07-22T16:30:00,5Z',
  '2025-07-22T16:30:00+23:59',
  '2025-07-22T16:30:60Z',
  '0000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '2025-02-30T00:00:00Z',
  '2024-02-29T00:00:00Z',
  '2025',
  '2025-07',
  'infinity',
  'now',
  'epoch',
];

const NASTY_NUMBERS = [
  0,
  -1,
  0.5,
  1e-7,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  1e21,
  1.7976931348623157e308,
];

export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY_TEXT) },
  { weight: 1, arbitrary: fc.constantFrom(...NASTY_TIMES) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 10 }).map(fromUnits) },
);

function fromUnits(units: number[]): string {
  return String.fromCharCode(...units);
}

const nested = (depth: number, kind: 'array' | 'object'): Json => {
  let value: Json = 'deep';
  for (let level = 0; level < depth; level++) value = kind === 'array' ? [value] : { city: value };
  return value;
};

/** Values of any type, for where one of a certain type is expected. */
export const junk: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 3, arbitrary: fc.constantFrom<Json>(...NASTY_NUMBERS) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Json>(null, true, false, [], {}, [[]], [null], [{}], [1, 'a', null]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Json>({ length: 3 }, { toString: 1 }, { toJSON: 'x' }, { valueOf: null }),
  },
  { weight: 1, arbitrary: fc.constantFrom(20, 300).map((depth) => nested(depth, 'array')) },
  { weight: 1, arbitrary: fc.constantFrom(20, 300).map((depth) => nested(depth, 'object')) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
);
