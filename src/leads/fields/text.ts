/** Control characters that are no white space, zero-width spaces and halves of characters. */
const UNWANTED = /[^\P{Cc}\s]|\u200b|\p{Cs}/gu;

/** What exports write where they have nothing. */
const MISSING_MARKERS = new Set([
  '<unavail>',
  'nan',
  'nan, nan',
  'n/a',
  'na',
  'null',
  'none',
  'undefined',
  '-',
  '--',
]);

/** Text without control characters, surrounding blanks and runs of blanks; null when nothing is left. */
export function trimmedOrNull(raw: string): string | null {
  const text = raw.replace(UNWANTED, '').replace(/\s+/g, ' ').trim();
  return text === '' ? null : text;
}

/** Whether the text says that there is no value, as `<UNAVAIL>` and `nan, nan` do. */
export function isMissingMarker(text: string): boolean {
  return MISSING_MARKERS.has(text.trim().toLowerCase());
}
