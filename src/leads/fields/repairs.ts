import { DataQualityFinding } from './data-quality.js';

const MESSAGES: Readonly<Record<string, string>> = {
  missing_marker: 'The file had a placeholder here that stands for nothing; the field was left empty.',
  rewritten: 'The value in the file was read as something else than it says.',
  left_out: 'The value in the file makes no sense in this field; it was left empty.',
  cut: 'The text in the file was longer than the field.',
  city_removed: 'The address in the file repeated its city and state; they were taken off.',
  tidied: 'The text in the file was brought into the usual spelling.',
  unknown_taxonomy: 'The file has a taxonomy code that no specialty is known for.',
};

/** What was done to a lead's values on the way in, as findings; `repairs` are `field:code`. */
export function findingsOfRepairs(repairs: readonly string[] | null | undefined): DataQualityFinding[] {
  return (repairs ?? []).map((repair) => {
    const [field = '', code = ''] = repair.split(':');
    return { field, code: `repaired_${code}`, message: MESSAGES[code] ?? 'The value was repaired.' };
  });
}
