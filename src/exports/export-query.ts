import { escapeLiteral } from 'pg';
import { MAY_CONTACT } from '../leads/do-not-contact.sql.js';
import { LeadFilterDto } from '../leads/dto/list-leads.query.js';
import { leadConditions, SearchMode } from '../leads/lead-conditions.js';
import { parseSort } from '../leads/lead-sort.js';
import { Actor } from '../users/actor.js';
import { ExportFormat } from './export.entity.js';
import { harmlessSql, valueSql } from './export-columns.js';

export interface WantedRows {
  actor: Actor;
  filter: LeadFilterDto;
  mode: SearchMode;
  sort: string | null;
}

/** The leads that are exported: those that the list shows with this filter, without those that nobody may contact. Parameters are written out, as COPY has none. */
export function matchesSql({ actor, filter, mode }: Omit<WantedRows, 'sort'>): string {
  const where = leadConditions(actor, filter, mode).add(MAY_CONTACT);
  return withLiterals(
    `FROM leads l LEFT JOIN users u ON u.id = l.assigned_user_id WHERE ${where.toSql()}`,
    where.parameters,
  );
}

/** One COPY that writes the whole file, or the rows that it is made of. */
export function copySql(format: ExportFormat, columns: readonly string[], wanted: WantedRows): string {
  return `COPY (SELECT ${rowSql(format, columns)} ${matchesSql(wanted)} ${orderSql(wanted.sort)}) TO STDOUT (${OPTIONS[format]})`;
}

/** JSON has no control characters in it: with these for quote and delimiter COPY leaves every line as it is. */
const AS_IT_IS = String.raw`FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01'`;

const OPTIONS: Readonly<Record<ExportFormat, string>> = {
  csv: 'FORMAT csv, HEADER',
  jsonl: AS_IT_IS,
  xlsx: AS_IT_IS,
};

function rowSql(format: ExportFormat, columns: readonly string[]): string {
  switch (format) {
    case 'csv':
      return columns.map((name) => `${harmlessSql(name)} AS ${name}`).join(', ');
    case 'jsonl':
      return `json_build_object(${columns.map((name) => `'${name}', ${valueSql(name)}`).join(', ')})`;
    case 'xlsx':
      return `json_build_array(${columns.map(valueSql).join(', ')})`;
  }
}

/** By id when nobody asked for an order: the cheapest one, and the same every time. */
function orderSql(sort: string | null): string {
  if (sort === null) return 'ORDER BY l.id';
  const { expression, direction } = parseSort(sort);
  return `ORDER BY ${expression} ${direction}, l.id ${direction}`;
}

function withLiterals(sql: string, parameters: readonly unknown[]): string {
  return sql.replace(/\$(\d+)/g, (_, position: string) => literal(parameters[Number(position) - 1]));
}

function literal(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string') return escapeLiteral(value);
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(', ')}]`;
  throw new TypeError(`${typeof value} cannot be part of an export`);
}
