const FORMATTED = /^\((\d{3})\) (\d{3})-(\d{4})$/;

/**
 * A US phone number as `(555) 123-4567`; ten digits, or eleven that begin with 1, however they are set apart.
 * An extension is left out.
 *
 * @returns null when the text is no such number
 */
export function normalizeUsPhone(raw: string): string | null {
  const [number = ''] = raw.split(/\s*(?:ext\.?|x|#)\s*\d+\s*$/i);
  if (!/^[\d\s().+/-]+$/.test(number)) return null;
  const digits = number.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  return digits.length === 10 ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` : null;
}

export function isFormattedUsPhone(text: string): boolean {
  return FORMATTED.test(text);
}

/**
 * Whether the North American Numbering Plan can assign the number: area code and exchange begin with 2–9 and are no
 * service code (N11), the area code is not 555 nor of the expansion format N9X, and the number is not one of the
 * fictional 555-0100 to 555-0199.
 *
 * @param formatted as normalizeUsPhone answers
 * @see North American Numbering Plan Administration, "NANP Numbering Resources"
 */
export function isAssignableUsPhone(formatted: string): boolean {
  const [, area = '', exchange = '', line = ''] = FORMATTED.exec(formatted) ?? [];
  const beginsWell = /^[2-9]/.test(area) && /^[2-9]/.test(exchange);
  const isServiceCode = /^.11$/.test(area) || /^.11$/.test(exchange);
  const isFictional = exchange === '555' && line.startsWith('01');
  return beginsWell && !isServiceCode && !isFictional && area !== '555' && area[1] !== '9';
}
