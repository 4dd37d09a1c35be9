import { EntityType, LeadPriority, LeadSource } from '../../enums/index.js';
import { normalizeEin } from '../../leads/fields/ein.js';
import { isNotAnswered, readEntityType, readPriority, readYesNo } from '../../leads/fields/export-values.js';
import { normalizeNpi } from '../../leads/fields/npi.js';
import { normalizeUsPhone } from '../../leads/fields/phone.js';
import { normalizeState } from '../../leads/fields/state.js';
import { isMissingMarker, trimmedOrNull } from '../../leads/fields/text.js';
import { abbreviatedStreet, withoutShouting } from '../../leads/fields/tidy-text.js';
import { normalizeZipCode, repairZipCode } from '../../leads/fields/zip-code.js';
import { RepairCode, RowNote } from './lead-draft.js';

type Field = RowNote['field'];

const SOURCES: readonly string[] = Object.values(LeadSource);

/**
 * Brings the values of one row into the form in which leads are stored. A value that cannot be read leaves its field
 * empty; it never refuses the row. What changes the meaning of a value is noted in `repairs`, a mere change of format is not.
 */
export class RowCleaner {
  readonly repairs: RowNote[] = [];

  /** @param isTidying puts shouting names in upper and lower case, and abbreviates streets */
  constructor(private readonly isTidying = false) {}

  /** @param max characters; longer text is cut */
  text(field: Field, raw: unknown, max: number): string | null {
    const text = this.present(field, raw);
    if (text === null || text.length <= max) return text;
    this.note(field, 'cut', `The text had ${text.length} characters and was cut to ${max}.`);
    return trimmedOrNull(text.slice(0, max));
  }

  /** A name as people write it. */
  name(field: Field, raw: unknown, max: number): string | null {
    return this.tidied(field, this.text(field, raw, max), withoutShouting);
  }

  street(raw: unknown, max: number): string | null {
    const text = this.text('address', raw, max);
    return this.tidied('address', text, (street) => abbreviatedStreet(withoutShouting(street)));
  }

  private tidied(field: Field, text: string | null, tidy: (text: string) => string): string | null {
    if (text === null || !this.isTidying) return text;
    const tidied = tidy(text);
    if (tidied !== text) this.note(field, 'tidied', `“${text.slice(0, 60)}” was written in the usual way.`);
    return tidied;
  }

  phone(field: 'practice_phone' | 'owner_phone', raw: unknown): string | null {
    return this.read(field, raw, normalizeUsPhone, 'a US phone number of 10 digits');
  }

  npi(raw: unknown): string | null {
    return this.read('npi', raw, normalizeNpi, 'an NPI of 10 digits');
  }

  state(raw: unknown): string | null {
    return this.read('state', raw, normalizeState, 'a US state');
  }

  ein(raw: unknown): string | null {
    const text = this.present('ein', raw);
    const ein = text === null ? null : normalizeEin(text);
    // An EIN is never quoted: notes end up in logs.
    if (text !== null && ein === null)
      this.note('ein', 'left_out', 'The value is not an EIN; it was left out.');
    return ein;
  }

  zipCode(raw: unknown): string | null {
    const text = this.present('zip_code', raw);
    if (text === null) return null;
    const zipCode = normalizeZipCode(text);
    if (zipCode !== null) return zipCode;
    const repaired = repairZipCode(text);
    if (repaired === null) return this.leaveOut('zip_code', text, 'a ZIP code');
    this.note('zip_code', 'rewritten', `“${text}” was read as ZIP code ${repaired}.`);
    return repaired;
  }

  /** @returns null as well for what lies outside the range */
  wholeNumber(field: Field, raw: unknown, min: number, max: number): number | null {
    return this.read(
      field,
      raw,
      (text) => wholeNumberIn(text, min, max),
      `a whole number from ${min} to ${max}`,
    );
  }

  yesOrNo(field: Field, raw: unknown): boolean | null {
    const text = this.present(field, raw);
    if (text === null || isNotAnswered(text)) return null;
    return readYesNo(text) ?? this.leaveOut(field, text, 'yes or no');
  }

  entityType(raw: unknown): EntityType | null {
    return this.read('entity_type', raw, readEntityType, 'Organization or Individual');
  }

  source(raw: unknown): LeadSource | null {
    const sourceOf = (text: string) => (SOURCES.includes(text) ? (text as LeadSource) : null);
    return this.read('source', raw, sourceOf, 'a known source');
  }

  priority(raw: unknown): LeadPriority | null {
    return this.read('priority', raw, readPriority, 'one of A+, A, B+, B, C');
  }

  note(field: Field, code: RepairCode, message: string): void {
    this.repairs.push({ field, code, message });
  }

  private read<T>(field: Field, raw: unknown, reader: (text: string) => T | null, what: string): T | null {
    const text = this.present(field, raw);
    if (text === null) return null;
    return reader(text) ?? this.leaveOut(field, text, what);
  }

  /** The value as clean text; null when it is empty or stands for nothing. */
  private present(field: Field, raw: unknown): string | null {
    if (raw === null || raw === undefined) return null;
    if (typeof raw === 'object') {
      this.note(field, 'left_out', 'The value is a list or an object, not text; it was left out.');
      return null;
    }
    const text = trimmedOrNull(String(raw));
    if (text === null || !isMissingMarker(text)) return text;
    this.note(field, 'missing_marker', `“${text}” stands for nothing; the field is empty.`);
    return null;
  }

  private leaveOut(field: Field, text: string, what: string): null {
    this.note(field, 'left_out', `“${text.slice(0, 60)}” is not ${what}; it was left out.`);
    return null;
  }
}

function wholeNumberIn(text: string, min: number, max: number): number | null {
  const digits = /^(\d{1,9})(?:\.0+)?$/.exec(text)?.[1];
  const number = Number(digits ?? Number.NaN);
  return number >= min && number <= max ? number : null;
}
