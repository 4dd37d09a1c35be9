/**
 * JSON that PostgreSQL takes as jsonb. Its `json` columns may hold escapes that jsonb refuses: the character NUL and
 * halves of characters.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '').replace(/\p{Cs}/gu, '') : part,
  );
}
