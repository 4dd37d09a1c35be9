/** A National Provider Identifier: ten digits, with the `.0` that spreadsheets append taken off; null when it is none. */
export function normalizeNpi(raw: string): string | null {
  return /^\s*(\d{10})(?:\.0+)?\s*$/.exec(raw)?.[1] ?? null;
}

/**
 * Whether the last digit is the check digit of the nine before it: Luhn's formula over 80840, the prefix of US health
 * care identifiers, and the NPI.
 *
 * @param npi ten digits
 * @see CMS, "Requirements for National Provider Identifier (NPI) and NPI check digit"
 */
export function hasValidNpiCheckDigit(npi: string): boolean {
  return npi.length === 10 && npi[9] === npiCheckDigit(npi.slice(0, 9));
}

/** @param stem the first nine digits */
export function npiCheckDigit(stem: string): string {
  // The prefix 80840 adds 24, whatever follows it.
  let sum = 24;
  for (let index = 0; index < stem.length; index++) {
    const digit = stem.charCodeAt(index) - 48;
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}
