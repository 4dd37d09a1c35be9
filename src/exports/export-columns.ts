import { isoTime } from '../database/iso-time.sql.js';
import { UserRole } from '../enums/index.js';

interface ExportColumn {
  /** SQL over `leads l` and its owner `u`. */
  sql: string;
  /** `text` is free text, which a spreadsheet could take for a formula. */
  kind: 'text' | 'plain' | 'time';
  /** Only managers and admins get it. */
  forLeaders?: boolean;
}

const text = (name: string): ExportColumn => ({ sql: `l.${name}`, kind: 'text' });
const plain = (name: string): ExportColumn => ({ sql: `l.${name}`, kind: 'plain' });
const time = (name: string): ExportColumn => ({ sql: `l.${name}`, kind: 'time' });

/** What can be exported, by its wire name; in this order when nobody chose. */
const COLUMNS = {
  id: plain('id'),
  practice_name: text('practice_name'),
  owner_name: text('owner_name'),
  practice_phone: text('practice_phone'),
  owner_phone: text('owner_phone'),
  address: text('address'),
  city: text('city'),
  state: text('state'),
  zip_code: text('zip_code'),
  ein: { ...text('ein'), forLeaders: true },
  npi: text('npi'),
  entity_type: text('entity_type'),
  providers: plain('providers'),
  specialties: text('specialties'),
  is_sole_proprietor: plain('is_sole_proprietor'),
  category: text('category'),
  score: plain('score'),
  priority: plain('priority'),
  status: plain('status'),
  source: text('source'),
  assigned_user_id: plain('assigned_user_id'),
  agent_name: { sql: 'u.full_name', kind: 'text' },
  assigned_at: time('assigned_at'),
  last_contact_date: time('last_contact_date'),
  next_follow_up: time('next_follow_up'),
  contact_attempts: plain('contact_attempts'),
  times_recycled: plain('times_recycled'),
  created_at: time('created_at'),
  updated_at: time('updated_at'),
} satisfies Record<string, ExportColumn>;

export type ExportColumnName = keyof typeof COLUMNS;

export const EXPORT_COLUMNS = Object.keys(COLUMNS) as ExportColumnName[];

const columnOf = (name: string): ExportColumn => {
  const column: ExportColumn | undefined = (COLUMNS as Record<string, ExportColumn>)[name];
  if (!column) throw new RangeError(`There is no column ${name} to export`);
  return column;
};

export function mayExport(role: UserRole, name: string): boolean {
  return !columnOf(name).forLeaders || role !== UserRole.AGENT;
}

/** A time as the API writes it, or the value. */
export function valueSql(name: string): string {
  const { sql, kind } = columnOf(name);
  return kind === 'time' ? isoTime(sql) : sql;
}

/**
 * A value that no spreadsheet takes for a formula: text that begins with `=`, `+`, `-`, `@`, a tab or a line's end gets
 * an apostrophe in front.
 *
 * @see OWASP, CSV Injection
 */
export function harmlessSql(name: string): string {
  const value = valueSql(name);
  if (columnOf(name).kind !== 'text') return value;
  return `CASE WHEN ascii(${value}) IN (61, 43, 45, 64, 9, 10, 13) THEN '''' || ${value} ELSE ${value} END`;
}
