/**
 * A day as the registry writes it, `01/31/2025`, or as a spreadsheet does, `2025-01-31`.
 *
 * @returns its beginning in UTC; null when the text is no such day
 */
export function registryDate(text: string): Date | null {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim()) ?? [];
  const [iso] = /^\d{4}-\d\d-\d\d/.exec(text.trim()) ?? [];
  const written = year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : iso;
  if (!written) return null;
  const date = new Date(`${written}T00:00:00Z`);
  // The thirtieth of February would be read as a day in March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? date : null;
}
