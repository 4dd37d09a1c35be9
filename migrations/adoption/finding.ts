/** What adoption did to a value of the first version, or why it doubts one. */
export interface Finding {
  /** Column of the first version; empty when it is about the row. */
  field: string;
  code: string;
  /** One sentence; never quotes the value, which may be confidential. */
  message: string;
  oldValue: unknown;
  /** What our table holds now. */
  newValue: unknown;
  /** Whether the value was changed; a doubted one stays as it was. */
  isChange: boolean;
}

/** What a repair means, by its code. Codes of doubts are those of a lead's data quality. */
export const REPAIRS = {
  missing: 'There was no value; the usual one was taken.',
  blank: 'The value was blank; the field is empty.',
  missing_marker: 'The value stood for nothing; the field is empty.',
  reformatted: 'The value was brought into the usual form.',
  rewritten: 'The value was read as what an export had made of it.',
  left_out: 'The field cannot hold this value.',
  out_of_range: 'The number was outside its range; the nearest one in it was taken.',
  rounded: 'The number was rounded to a whole one.',
  cut: 'The text was too long for an index and was cut.',
  city_removed: 'The address repeated its city and state; they were taken off.',
  reference_missing: 'What the value refers to does not exist.',
  name_taken: 'Another user has this name in another case; this one was renamed.',
  npi_duplicate: 'Another lead has this NPI; it keeps it.',
} as const;
export type RepairCode = keyof typeof REPAIRS;
