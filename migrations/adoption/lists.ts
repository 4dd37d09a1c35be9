/** A list in whatever form an install kept it, and whether that form was a list or the JSON of one. */
export interface ReadList {
  items: unknown[];
  isPlain: boolean;
}

/**
 * Reads a JSON array, its text (also quoted once more), a PostgreSQL array, a list as Python prints it, or words set
 * apart by commas; null is an empty list.
 *
 * @returns null when the value is no list
 */
export function readList(raw: unknown): ReadList | null {
  if (raw === null || raw === undefined || raw === '') return { items: [], isPlain: true };
  if (Array.isArray(raw)) return { items: raw, isPlain: true };
  if (typeof raw === 'number') return { items: [raw], isPlain: false };
  if (typeof raw !== 'string') return null;
  const parsed = parseJson(raw);
  return parsed === undefined ? { items: wordsOf(raw), isPlain: false } : readList(parsed);
}

/** @returns undefined when the text is not JSON, or no more than a text without quotes */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const wordsOf = (text: string): string[] =>
  text
    .trim()
    .replace(/^[[({]|[\])}]$/g, '')
    .split(',')
    .map((word) => word.trim().replace(/^(['"])(.*)\1$/, '$2'))
    .filter((word) => word !== '');
