import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';

interface TextColumn {
  table: string;
  column: string;
  kind: 'text' | 'jsonb' | 'text[]';
  hasLeadId: boolean;
}

/** What of a person may be anywhere in text: names, addresses, numbers; and what they signed in as, kept under that name alone. */
export interface Traces {
  texts: string[];
  username?: string;
}

export const MASK = '[erased]';
/** A text so short is in too many others. */
const SHORTEST = 3;

/** Text that people or programs filled; not what constraints hold to codes or keys, nor the trail that holds no personal data. */
const TEXT_COLUMNS = `
  SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS kind,
         EXISTS (SELECT 1 FROM pg_attribute l WHERE l.attrelid = c.oid AND l.attname = 'lead_id') AS "hasLeadId"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
   WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     AND a.atttypid IN ('text'::regtype, 'jsonb'::regtype, 'text[]'::regtype)
     AND c.relname NOT LIKE 'audit\\_%' AND c.relname NOT IN ('schema_migrations', 'auth_throttle')
     AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND a.attnum = ANY (k.conkey))
   ORDER BY c.relname, a.attnum`;

/** Finds what is left of a person in the text of any table, and blots it out. */
@Injectable()
export class TracesRepository {
  /** @param isTable which tables it may be in; @param leadIds limits tables that belong to leads to these */
  async blotOut(
    tx: Transaction,
    { texts, username }: Traces,
    isTable: (name: string) => boolean,
    leadIds: number[] | null,
  ): Promise<void> {
    const wanted = [...new Set(texts)].filter((text) => text.trim().length >= SHORTEST);
    if (wanted.length === 0) return;
    // However large the tables are: this may take its time.
    await tx.query('SET LOCAL statement_timeout = 0');
    const columns = (await tx.query<TextColumn[]>(TEXT_COLUMNS)).filter(({ table }) => isTable(table));
    const parameters = [
      patternOf(wanted),
      patternOf(wanted.map((text) => JSON.stringify(text).slice(1, -1))),
      username === undefined ? null : `("username":\\s?)"${escaped(JSON.stringify(username).slice(1, -1))}"`,
      leadIds,
    ];
    for (const table of new Set(columns.map((column) => column.table))) {
      const own = columns.filter((column) => column.table === table);
      await tx.query(statementFor(table, own), parameters);
    }
  }
}

function statementFor(table: string, columns: TextColumn[]): string {
  const parts = columns.map(({ column, kind }) => {
    const name = `t."${column}"`;
    if (kind === 'text') {
      const named = `regexp_replace(${name}, $3, '\\1"${MASK}"', 'gi')`;
      return {
        found: `${name} ~* $1 OR ($3::text IS NOT NULL AND ${name} ~* $3)`,
        set: `"${column}" = regexp_replace(coalesce(${named}, ${name}), $1, '${MASK}', 'gi')`,
      };
    }
    if (kind === 'text[]')
      return {
        found: `array_to_string(${name}, chr(10)) ~* $1`,
        set: `"${column}" = ARRAY(SELECT regexp_replace(one, $1, '${MASK}', 'gi') FROM unnest(${name}) WITH ORDINALITY AS u (one, n) ORDER BY n)`,
      };
    const named = `regexp_replace(${name}::text, $3, '\\1"${MASK}"', 'gi')`;
    return {
      found: `${name}::text ~* $2 OR ($3::text IS NOT NULL AND ${name}::text ~* $3)`,
      set: `"${column}" = regexp_replace(coalesce(${named}, ${name}::text), $2, '${MASK}', 'gi')::jsonb`,
    };
  });
  const key = table === 'leads' ? 't.id' : 't.lead_id';
  const scope =
    columns[0]?.hasLeadId || table === 'leads'
      ? `($4::int[] IS NULL OR ${key} = ANY ($4)${table === 'leads' ? '' : ` OR ${key} IS NULL`}) AND`
      : '$4::int[] IS NOT DISTINCT FROM $4 AND';
  // Every table gets every parameter, whether it has columns for it or not.
  const typed = '(($1::text, $2::text, $3::text) IS NULL) IS NOT NULL AND';
  return `UPDATE "${table}" t SET ${parts.map(({ set }) => set).join(', ')}
           WHERE ${typed} ${scope} (${parts.map(({ found }) => `(${found})`).join(' OR ')})`;
}

/** Any of the texts, in any case, not as the beginning of a longer word. @see PostgreSQL, 9.7.3 */
const patternOf = (texts: string[]): string => `(?:${texts.map(escaped).join('|')})(?!\\w)`;
const escaped = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
