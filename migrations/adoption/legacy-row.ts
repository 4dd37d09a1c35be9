import { isNotAnswered, readYesNo } from '../../src/leads/fields/export-values.js';
import { isMissingMarker, trimmedOrNull } from '../../src/leads/fields/text.js';
import { Finding, REPAIRS, RepairCode } from './finding.js';
import { parseJson, readList } from './lists.js';

/** A PostgreSQL index cannot hold much more than 2,700 bytes of one row. */
const INDEXABLE_CHARACTERS = 600;
const LARGEST_INTEGER = 2_147_483_647;
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

type Reader<T> = (text: string) => T | null;

/**
 * One row of the first version, whatever columns that install had, with the values as JSON has them. Every reading that
 * changes the value is recorded in `findings`; that a text becomes a truth value or an upper-case label is no change.
 */
export class LegacyRow {
  readonly findings: Finding[] = [];

  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly exists: (table: string, id: number) => boolean = () => false,
  ) {}

  get id(): number {
    return this.values['id'] as number;
  }

  has(field: string): boolean {
    return field in this.values;
  }

  /**
   * @param read brings the text into the form in which we store it; what it cannot read stays
   * @param usual characters that the API takes; longer text is doubted
   */
  text(
    field: string,
    { read, usual, code = 'reformatted' }: { read?: Reader<string>; usual?: number; code?: RepairCode } = {},
  ): string | null {
    const text = this.present(field);
    if (text === null) return null;
    const value = read?.(text) ?? text;
    if (value.length > INDEXABLE_CHARACTERS && usual) {
      return this.change(field, 'cut', value.slice(0, INDEXABLE_CHARACTERS));
    }
    if (value !== String(this.values[field])) this.change(field, code, value);
    if (value.length > (usual ?? value.length)) {
      this.doubt(field, 'too_long', `The text has more than ${usual} characters.`);
    }
    return value;
  }

  /** What somebody wrote, with its lines as they are. */
  words(field: string): string | null {
    return this.present(field) === null ? null : this.verbatim(field);
  }

  /** The value as it is; '' when there is none. */
  verbatim(field: string): string {
    return asText(this.values[field]);
  }

  /** A value of a closed set; what is not in it becomes `usual`, as does a missing one. */
  choice<T extends string, Usual extends T | null>(field: string, read: Reader<T>, usual: Usual): T | Usual {
    const text = this.present(field, usual);
    if (text === null) return usual;
    const value = read(text);
    if (value === null) return this.change(field, 'left_out', usual);
    if (value.toLowerCase() !== text.toLowerCase()) this.change(field, 'rewritten', value);
    return value;
  }

  yesOrNo(field: string): boolean | null {
    const text = this.present(field);
    if (text === null || isNotAnswered(text)) return null;
    return readYesNo(text) ?? this.change(field, 'left_out', null);
  }

  /** A whole number; the nearest one when it lies outside the range. */
  whole(field: string, { min = -LARGEST_INTEGER, max = LARGEST_INTEGER } = {}): number | null {
    const number = this.decimal(field);
    if (number === null) return null;
    const whole = Math.round(number);
    const value = Math.min(max, Math.max(min, whole));
    if (value !== whole) return this.change(field, 'out_of_range', value);
    return value === number ? value : this.change(field, 'rounded', value);
  }

  decimal(field: string): number | null {
    const text = this.present(field);
    if (text === null) return null;
    const number = Number(text);
    return Number.isFinite(number) ? number : this.change(field, 'left_out', null);
  }

  /** As PostgreSQL wrote it: the first version's times are in UTC and say so, or hold no zone. */
  time(field: string): string | null {
    const text = this.present(field);
    if (text === null) return null;
    return TIME.test(text) ? text : this.change(field, 'left_out', null);
  }

  /** The id of a row that was adopted before; null when there is no such row. */
  reference(field: string, table: string): number | null {
    const id = this.whole(field);
    if (id === null || this.exists(table, id)) return id;
    return this.change(field, 'reference_missing', null);
  }

  json(field: string): unknown {
    const raw = this.values[field] ?? null;
    return typeof raw === 'string' ? (parseJson(raw) ?? raw) : raw;
  }

  /** @param read makes an item what the list may hold; what it cannot read is left out */
  list<T>(field: string, read: (item: unknown) => T | null): T[] {
    const list = readList(this.values[field]);
    const items = (list?.items ?? []).map(read).filter((item) => item !== null);
    if (!list || items.length < list.items.length) return this.change(field, 'left_out', items);
    return list.isPlain ? items : this.change(field, 'rewritten', items);
  }

  /** Records that the field now holds another value than the row had. */
  change<T>(field: string, code: RepairCode, newValue: T, message: string = REPAIRS[code]): T {
    this.record({ field, code, message, newValue, isChange: true });
    return newValue;
  }

  /** Records that a value looks wrong and stays. */
  doubt(field: string, code: string, message: string): void {
    const changed = this.findings.findLast((finding) => finding.field === field && finding.isChange);
    const newValue = changed ? changed.newValue : this.values[field];
    this.record({ field, code, message, newValue, isChange: false });
  }

  /** Records something about the row without quoting a value. */
  note(field: string, code: string, message: string): void {
    this.findings.push({ field, code, message, oldValue: null, newValue: null, isChange: false });
  }

  /** The changes, one a field: from what the row had to what we store. */
  changes(): Finding[] {
    return this.findings.filter(
      ({ field, isChange }, index) =>
        isChange && !this.findings.slice(index + 1).some((later) => later.isChange && later.field === field),
    );
  }

  private record(finding: Omit<Finding, 'oldValue'>): void {
    this.findings.push({ ...finding, oldValue: this.values[finding.field] ?? null });
  }

  /** The value as clean text; null when there is none, which is worth a note only where something takes its place. */
  private present(field: string, usual: string | null = null): string | null {
    const raw = this.values[field] ?? null;
    if (raw === null) {
      if (usual !== null) this.change(field, 'missing', usual);
      return null;
    }
    const text = trimmedOrNull(asText(raw));
    if (text !== null && !isMissingMarker(text)) return text;
    this.change(field, text === null ? 'blank' : 'missing_marker', usual);
    return null;
  }
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Reads a label in any case, also as Python prints its enums: `LeadStatus.CLOSED_WON`, `closed won`. */
export function labelOf<T extends string>(labels: Readonly<Record<string, T>>): Reader<T> {
  const byName = new Map(Object.values(labels).map((label) => [label.toLowerCase(), label]));
  return (text) => {
    const name = text
      .replace(/^[A-Za-z]+\./, '')
      .replace(/[\s-]+/g, '_')
      .toLowerCase();
    return byName.get(name) ?? null;
  };
}
