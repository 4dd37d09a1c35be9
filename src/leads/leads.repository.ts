import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { prepared } from '../database/prepared-statement.js';
import { columnNames, Row } from '../database/row-hydrator.js';
import type { Transaction } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { insertFacts, Outbox } from '../outbox/outbox.js';
import { PHONE_IS_CLOSED } from './do-not-contact.sql.js';
import { Lead } from './lead.entity.js';
import { LeadChange, UNTRACKED } from './lead-change.js';
import { leadHydrator } from './lead-hydrator.js';

/** Who changed a lead, by which way and why; kept with the change. */
export interface ChangeContext {
  actorId: number | null;
  source: ChangeSource;
  reason?: string | null;
}

const FIND_OWNER = prepared('SELECT assigned_user_id FROM leads WHERE id = $1 AND deleted_at IS NULL');
const UNIQUE_VIOLATION = '23505';

/** Single leads: read, locked, changed with their history. */
@Injectable()
export class LeadsRepository {
  private readonly hydrate: (row: Row) => Lead;
  private readonly columns: ReadonlyMap<string, string>;
  private readonly every: string;
  private readonly find: string;
  private readonly lock: string;

  constructor(private readonly dataSource: DataSource) {
    this.hydrate = leadHydrator(dataSource);
    this.columns = columnNames(dataSource, Lead);
    this.every = [...this.columns.values()].map((column) => `l.${column}`).join(', ');
    this.find = prepared(
      `SELECT ${this.every}, ${PHONE_IS_CLOSED} FROM leads l WHERE l.id = $1 AND l.deleted_at IS NULL`,
    );
    this.lock = prepared(`${this.find} FOR UPDATE OF l`);
  }

  async findById(id: number): Promise<Lead | null> {
    const [row] = await this.dataSource.query<Row[]>(this.find, [id]);
    return row ? this.hydrate(row) : null;
  }

  /** @returns the owner of a lead that is there; undefined when there is no such lead */
  async findOwnerId(id: number): Promise<number | null | undefined> {
    const [row] = await this.dataSource.query<{ assigned_user_id: number | null }[]>(FIND_OWNER, [id]);
    return row?.assigned_user_id;
  }

  /** @returns the lead that this one was merged into */
  async findSurvivorId(id: number): Promise<number | null> {
    const [row] = await this.dataSource.query<{ merged_into_id: number | null }[]>(
      'SELECT merged_into_id FROM leads WHERE id = $1 AND deleted_at IS NOT NULL',
      [id],
    );
    return row?.merged_into_id ?? null;
  }

  /** Holds the lead against every other writer until the transaction ends. */
  async lockById(tx: Transaction, id: number): Promise<Lead | null> {
    const [row] = await tx.query<Row[]>(this.lock, [id]);
    return row ? this.hydrate(row) : null;
  }

  async lockDeletedById(tx: Transaction, id: number): Promise<Lead | null> {
    const [row] = await tx.query<Row[]>('SELECT * FROM leads WHERE id = $1 FOR UPDATE', [id]);
    return row ? this.hydrate(row) : null;
  }

  /** @returns id of the lead that has the NPI now */
  async findIdByNpi(npi: string, tx?: Transaction): Promise<number | undefined> {
    const [row] = await (tx ?? this.dataSource).query<{ id: number }[]>(
      'SELECT id FROM leads WHERE npi = $1 AND deleted_at IS NULL',
      [npi],
    );
    return row?.id;
  }

  /**
   * Writes the changes, the next version, one history row per field and the fact, in one statement.
   *
   * @param fact enclosed by the outbox
   */
  async saveWithHistory(
    tx: Transaction,
    lead: Lead,
    changes: LeadChange[],
    context: ChangeContext,
    fact: ReturnType<Outbox['enclose']>,
  ): Promise<Lead> {
    const assignments = changes.map(({ property }, index) => `${this.columnOf(property)} = $${index + 8}`);
    const history = changes
      .filter(({ property }) => !UNTRACKED.has(property))
      .map(({ property, from, to }) => ({ field: this.columnOf(property), old_value: from, new_value: to }));
    const save = prepared(
      `WITH saved AS (
         UPDATE leads l SET ${[...assignments, 'version = version + 1', 'updated_at = clock_timestamp()'].join(', ')}
          WHERE l.id = $1 RETURNING ${this.every}
       ), kept AS (
         INSERT INTO lead_history (lead_id, version, field, old_value, new_value, source, actor_id, reason, changed_at)
         SELECT saved.id, saved.version, field, old_value, new_value, $3, $4, $5, saved.updated_at
           FROM saved, jsonb_to_recordset($2::jsonb) AS change (field text, old_value jsonb, new_value jsonb)
       ), told AS (${insertFacts('$6', '$7')})
       SELECT l.*, ${PHONE_IS_CLOSED} FROM saved l`,
    );
    const [row] = await tx.query<Row[]>(save, [
      lead.id,
      JSON.stringify(history),
      context.source,
      context.actorId,
      context.reason ?? null,
      ...fact,
      ...changes.map(({ property, to }) => this.toColumnValue(property, to)),
    ]);
    if (!row) throw new Error(`Lead ${lead.id} vanished under its lock`);
    return this.hydrate(row);
  }

  /** @returns the new lead; undefined when its NPI is taken */
  async insert(tx: Transaction, lead: Partial<Lead>): Promise<Lead | undefined> {
    const properties = (Object.keys(lead) as (keyof Lead & string)[]).filter(
      (property) => lead[property] !== undefined,
    );
    const [row] = await tx.query<Row[]>(
      `INSERT INTO leads AS l (${properties.map((property) => this.columnOf(property)).join(', ')})
       VALUES (${properties.map((_, index) => `$${index + 1}`).join(', ')})
       ON CONFLICT (npi) WHERE deleted_at IS NULL DO NOTHING
       RETURNING *, ${PHONE_IS_CLOSED}`,
      properties.map((property) => this.toColumnValue(property, lead[property])),
    );
    return row ? this.hydrate(row) : undefined;
  }

  private columnOf(property: string): string {
    const column = this.columns.get(property);
    if (!column) throw new Error(`A lead has no property ${property}`);
    return column;
  }

  private toColumnValue(property: string, value: unknown): unknown {
    return property === 'scoringBreakdown' && value !== null ? JSON.stringify(value) : value;
  }
}

/** Whether a write failed because another live lead has the same NPI. */
export function isNpiConflict(error: unknown): boolean {
  const { driverError } = error as { driverError?: { code?: string; constraint?: string } };
  return driverError?.code === UNIQUE_VIOLATION && driverError.constraint === 'leads_npi_live_key';
}
