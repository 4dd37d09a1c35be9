/** `?status=NEW&q=smith` as `{status: 'NEW', q: 'smith'}`: plain text, so that people can read and write addresses. */
export function parseQuery(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** @returns with the question mark; empty when there is nothing to say */
export function stringifyQuery(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  if (pairs.length === 0) return '';
  const query = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return `?${query.replaceAll('%2C', ',').replaceAll('%3A', ':')}`;
}
