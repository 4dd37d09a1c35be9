/** A ZIP code as `12345` or `12345-6789`; null when the text is none. */
export function normalizeZipCode(raw: string): string | null {
  const match = /^\s*(\d{5})(?:[-\s]?(\d{4}))?\s*$/.exec(raw);
  if (!match) return null;
  return match[2] ? `${match[1]}-${match[2]}` : (match[1] ?? null);
}

/** The same for what exports make of ZIP codes: numbers that lost their leading zeros or gained a `.0`. */
export function repairZipCode(raw: string): string | null {
  const digits = /^\s*(\d+)(?:\.0+)?\s*$/.exec(raw)?.[1];
  if (digits === undefined) return normalizeZipCode(raw);
  if (digits.length >= 3 && digits.length <= 5) return digits.padStart(5, '0');
  if (digits.length === 8) return normalizeZipCode(digits.padStart(9, '0'));
  return normalizeZipCode(digits);
}
