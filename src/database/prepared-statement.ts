/** Each takes memory of every connection: statements that are made of parts must not become endlessly many. */
const MOST = 200;
const names = new Map<string, string>();

/**
 * Marks a statement to be parsed and planned once a connection instead of at every use; for those that run thousands of
 * times alike. It must name the columns it answers with: after a migration `*` would mean others, and fail.
 *
 * @returns the statement as it is
 */
export function prepared(text: string): string {
  if (!names.has(text) && names.size < MOST) names.set(text, `rota_${names.size}`);
  return text;
}

export const nameOfPrepared = (text: string): string | undefined => names.get(text);
