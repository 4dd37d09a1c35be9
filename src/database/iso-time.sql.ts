/**
 * SQL for a time as the API writes it, for times inside JSON that PostgreSQL builds: it would write `+00:00` for `Z`.
 *
 * @param expression of type timestamptz
 */
export const isoTime = (expression: string): string =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
