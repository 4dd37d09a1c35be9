import { analyse } from 'chardet';
import { LeadFileError } from './file.errors.js';

const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The encoding of a text file by its first bytes: a byte order mark, UTF-8 that is valid, else the likeliest one.
 *
 * @returns a name that TextDecoder knows
 * @throws LeadFileError when it is no text
 */
export function encodingOf(opening: Buffer): string {
  for (const [encoding, mark] of BYTE_ORDER_MARKS) {
    if (mark.every((byte, place) => opening[place] === byte)) return encoding;
  }
  const withoutMark = utf16WithoutMark(opening);
  if (withoutMark) return withoutMark;
  if (isUtf8(opening)) return 'utf-8';
  const name = analyse(opening).find(({ name: likely }) => isDecodable(likely))?.name ?? 'windows-1252';
  // Every file is valid in these, and spreadsheets in the US write the latter.
  return /^(iso-8859-1|ascii)$/i.test(name) ? 'windows-1252' : name.toLowerCase();
}

/** NUL bytes in every second place are UTF-16; anywhere else they are no text. */
function utf16WithoutMark(opening: Buffer): string | undefined {
  if (!opening.includes(0)) return undefined;
  const nuls = [0, 0];
  for (const [place, byte] of opening.entries()) if (byte === 0) nuls[place % 2] = (nuls[place % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  if (odd > opening.length / 4 && even === 0) return 'utf-16le';
  if (even > opening.length / 4 && odd === 0) return 'utf-16be';
  const at = opening.indexOf(0);
  const line = opening.subarray(0, at).filter((byte) => byte === 10).length + 1;
  const column = at - opening.subarray(0, at).lastIndexOf(10);
  if (even + odd > opening.length / 50)
    throw new LeadFileError(
      `The file is not text: there is a NUL byte at line ${line}, character ${column}.`,
    );
  return undefined;
}

/** The opening may end within a character. */
function isUtf8(opening: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(opening, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function isDecodable(encoding: string): boolean {
  try {
    new TextDecoder(encoding);
    return true;
  } catch {
    return false;
  }
}
