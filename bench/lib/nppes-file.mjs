// Made-up providers as the registry publishes them: the header of the real file, every value quoted.

import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HEADER = readFileSync(join(import.meta.dirname, 'nppes-header.csv'), 'utf8').trim();
const COLUMNS = HEADER.slice(1, -1).split('","');
const FIRST = ['LEE', 'SAM', 'JO', 'ANA', 'MAX', 'IDA', 'BEN', 'EVA', 'TOM', 'MIA', 'KAI', 'UMA'];
const LAST = [
  'PARK',
  'ORTIZ',
  'MARSH',
  'NOVAK',
  'SILVA',
  'BROOKS',
  'HAYES',
  'KLEIN',
  'RAMOS',
  'STONE',
  'VEGA',
  'WARD',
];
const KIND = ['FOOT', 'HEART', 'KIDNEY', 'SKIN', 'FAMILY', 'SPINE', 'WOUND', 'EYE', 'HAND', 'LUNG'];
const STREET = ['PIER', 'ELM', 'OAK', 'MAIN', 'LAKE', 'HILL', 'MILL', 'PARK', 'RIVER', 'CHURCH'];
const PLACES = [
  ['BALTIMORE', 'MD', '212'],
  ['RENO', 'NV', '895'],
  ['AUSTIN', 'TX', '787'],
  ['BOISE', 'ID', '837'],
  ['TAMPA', 'FL', '336'],
  ['FRESNO', 'CA', '937'],
];
const TAXONOMIES = [
  '207RC0000X',
  '207RN0300X',
  '213E00000X',
  '207Q00000X',
  '207N00000X',
  '363LF0000X',
  '1223G0001X',
  '225100000X',
];

function checkDigit(nine) {
  let sum = 24;
  for (let at = 8, double = true; at >= 0; at--, double = !double) {
    const digit = Number(nine[at]) * (double ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

const pick = (list, seed) => list[seed % list.length];

/** Always the same rows for the same number: two of three are individuals, every third works where an organization is. */
function row(at) {
  const stem = String(100_000_000 + at);
  // A multiplicative hash, so that neighbours share nothing.
  const seed = Math.imul(at + 1, 2_654_435_761) >>> 0;
  const isOrganization = at % 3 === 0;
  const site = isOrganization ? at : at - (at % 3);
  const siteSeed = Math.imul(site + 1, 2_246_822_519) >>> 0;
  const [city, state, zip] = pick(PLACES, siteSeed);
  const name = { last: `${pick(LAST, seed)}${pick(LAST, seed >>> 8)}`, first: pick(FIRST, seed >>> 4) };
  const cells = {
    NPI: stem + checkDigit(stem),
    'Entity Type Code': isOrganization ? '2' : '1',
    'Provider First Line Business Practice Location Address': `${1 + (siteSeed % 9_000)} ${pick(STREET, siteSeed >>> 3)} STREET SUITE ${siteSeed % 400}`,
    'Provider Business Practice Location Address City Name': city,
    'Provider Business Practice Location Address State Name': state,
    'Provider Business Practice Location Address Postal Code': `${zip}${String(siteSeed % 100).padStart(2, '0')}${String(1_000 + (siteSeed % 9_000))}`,
    'Provider Business Practice Location Address Country Code (If outside U.S.)': 'US',
    'Provider Business Practice Location Address Telephone Number': `410${String(2_000_000 + (siteSeed % 7_999_999))}`,
    'Provider Enumeration Date': '05/23/2005',
    'Last Update Date': '07/08/2007',
    'Healthcare Provider Taxonomy Code_1': pick(TAXONOMIES, seed >>> 6),
    'Healthcare Provider Primary Taxonomy Switch_1': 'Y',
    'Provider License Number_1': `D${seed % 100_000}`,
    ...(isOrganization
      ? {
          'Employer Identification Number (EIN)': '<UNAVAIL>',
          'Provider Organization Name (Legal Business Name)': `${pick(STREET, seed)} ${pick(KIND, seed >>> 5)} ${pick(LAST, seed >>> 9)} ASSOCIATES ${at} LLC`,
          'Authorized Official Last Name': name.last,
          'Authorized Official First Name': name.first,
          'Authorized Official Title or Position': 'OWNER',
          'Authorized Official Telephone Number': `443${String(2_000_000 + (seed % 7_999_999))}`,
        }
      : {
          'Provider Last Name (Legal Name)': name.last,
          'Provider First Name': name.first,
          'Provider Credential Text': 'MD',
          'Is Sole Proprietor': pick(['Y', 'N', 'X'], seed),
        }),
  };
  return `"${COLUMNS.map((column) => cells[column] ?? '').join('","')}"\n`;
}

/** Writes so many rows; memory does not grow with them. */
export async function writeNppesFile(path, rows) {
  const file = createWriteStream(path);
  file.write(`${HEADER}\n`);
  let block = '';
  for (let at = 0; at < rows; at++) {
    block += row(at);
    if (block.length < 1_000_000) continue;
    if (!file.write(block)) await once(file, 'drain');
    block = '';
  }
  file.end(block);
  await once(file, 'finish');
}
