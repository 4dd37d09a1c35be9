import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { columnNames, Row } from '../database/row-hydrator.js';
import type { Transaction } from '../database/transaction-runner.js';
import { Actor } from '../users/actor.js';
import { PHONE_IS_CLOSED } from './do-not-contact.sql.js';
import { LeadFilterDto } from './dto/list-leads.query.js';
import { Lead } from './lead.entity.js';
import { LeadChange, UNTRACKED } from './lead-change.js';
import { leadConditions } from './lead-conditions.js';
import { leadHydrator } from './lead-hydrator.js';
import { ChangeContext } from './leads.repository.js';

/** Many leads in one statement. Rows are locked in the order of their ids, so that two of these never wait for each other. */
@Injectable()
export class LeadBulkRepository {
  private readonly hydrate: (row: Row) => Lead;
  private readonly columns: ReadonlyMap<string, string>;

  constructor(private readonly dataSource: DataSource) {
    this.hydrate = leadHydrator(dataSource);
    this.columns = columnNames(dataSource, Lead);
  }

  /** @returns those that are there, in the order of their ids */
  async findByIds(ids: number[]): Promise<Lead[]> {
    if (ids.length === 0) return [];
    const rows = await this.dataSource.query<Row[]>(
      `SELECT l.*, ${PHONE_IS_CLOSED} FROM leads l WHERE l.id = ANY($1) AND l.deleted_at IS NULL ORDER BY l.id`,
      [ids],
    );
    return rows.map(this.hydrate);
  }

  /** @param deleted the deleted ones of them instead */
  async lockByIds(tx: Transaction, ids: number[], deleted = false): Promise<Lead[]> {
    const rows = await tx.query<Row[]>(
      `SELECT * FROM leads WHERE id = ANY($1) AND (deleted_at IS NOT NULL) = $2 ORDER BY id FOR UPDATE`,
      [ids, deleted],
    );
    return rows.map(this.hydrate);
  }

  /** @returns up to `limit` leads that the actor may see and the filter, letter by letter, matches */
  async lockMatches(tx: Transaction, actor: Actor, filter: LeadFilterDto, limit: number): Promise<Lead[]> {
    const where = leadConditions(actor, filter);
    const rows = await tx.query<Row[]>(
      `SELECT l.* FROM leads l WHERE ${where.toSql()} ORDER BY l.id LIMIT ${where.value(limit)} FOR UPDATE`,
      where.parameters,
    );
    return rows.map(this.hydrate);
  }

  /** @returns the live leads that have these NPIs */
  async findIdsByNpi(tx: Transaction, npis: string[]): Promise<Map<string, number>> {
    if (npis.length === 0) return new Map();
    const rows = await tx.query<{ id: number; npi: string }[]>(
      'SELECT id, npi FROM leads WHERE npi = ANY($1) AND deleted_at IS NULL',
      [npis],
    );
    return new Map(rows.map(({ id, npi }) => [npi, id]));
  }

  /**
   * Inserts in order of NPIs, so that two who insert the same ones never wait for each other.
   *
   * @returns for each given lead the one that was made of it; undefined where its NPI is taken
   */
  async insertMany(tx: Transaction, leads: Partial<Lead>[]): Promise<(Lead | undefined)[]> {
    if (leads.length === 0) return [];
    const given = leads.map((lead) => this.toRow(lead));
    const columns = [...new Set(given.flatMap((row) => Object.keys(row)))];
    const ids = await tx.query<{ id: number }[]>(
      `SELECT nextval(pg_get_serial_sequence('leads', 'id'))::int AS id FROM generate_series(1, $1)`,
      [leads.length],
    );
    const rows = given.map((row, position) => ({ ...row, id: ids[position]?.id }));
    const list = ['id', ...columns].join(', ');
    const inserted = await tx.query<(Row & { id: number })[]>(
      `INSERT INTO leads AS l (${list}) SELECT ${list} FROM jsonb_populate_recordset(NULL::leads, $1) ORDER BY npi, id
       ON CONFLICT (npi) WHERE deleted_at IS NULL DO NOTHING RETURNING *, ${PHONE_IS_CLOSED}`,
      [JSON.stringify(rows)],
    );
    const byId = new Map(inserted.map((row) => [row.id, this.hydrate(row)]));
    return rows.map(({ id }) => byId.get(id ?? 0));
  }

  /** Writes the changes of each lead, its next version and one history row per field, in one statement. */
  async saveWithHistory(
    tx: Transaction,
    edits: { lead: Lead; changes: LeadChange[] }[],
    context: ChangeContext,
  ): Promise<Map<number, Lead>> {
    if (edits.length === 0) return new Map();
    const properties = [...new Set(edits.flatMap(({ changes }) => changes.map(({ property }) => property)))];
    const rows = edits.map(({ lead, changes }) => {
      const changed = Object.fromEntries(changes.map(({ property, to }) => [property, to]));
      const now = properties.map((property) => [
        property,
        property in changed ? changed[property] : lead[property],
      ]);
      return { ...this.toRow(Object.fromEntries(now) as Partial<Lead>), id: lead.id };
    });
    const history = edits.flatMap(({ lead, changes }) =>
      changes
        .filter(({ property }) => !UNTRACKED.has(property))
        .map(({ property, from, to }) => ({
          lead_id: lead.id,
          field: this.columns.get(property),
          old_value: from,
          new_value: to,
        })),
    );
    const assignments = properties.map((property) => {
      const column = this.columns.get(property) ?? property;
      return `${column} = wanted.${column}`;
    });
    const saved = await tx.query<(Row & { id: number })[]>(
      `WITH saved AS (
         UPDATE leads SET ${assignments.join(', ')}, version = leads.version + 1, updated_at = clock_timestamp()
           FROM jsonb_populate_recordset(NULL::leads, $1::jsonb) wanted
          WHERE leads.id = wanted.id RETURNING leads.*
       ), kept AS (
         INSERT INTO lead_history (lead_id, version, field, old_value, new_value, source, actor_id, reason, changed_at)
         SELECT saved.id, saved.version, field, old_value, new_value, $3, $4, $5, saved.updated_at
           FROM jsonb_to_recordset($2::jsonb) AS change (lead_id integer, field text, old_value jsonb, new_value jsonb)
           JOIN saved ON saved.id = change.lead_id
          ORDER BY saved.id
       )
       SELECT l.*, ${PHONE_IS_CLOSED} FROM saved l`,
      [
        JSON.stringify(rows),
        JSON.stringify(history),
        context.source,
        context.actorId,
        context.reason ?? null,
      ],
    );
    return new Map(saved.map((row) => [row.id, this.hydrate(row)]));
  }

  private toRow(lead: Partial<Lead>): Row {
    const entries = Object.entries(lead).filter(([, value]) => value !== undefined);
    return Object.fromEntries(
      entries.map(([property, value]) => [this.columns.get(property) ?? property, value]),
    );
  }
}
