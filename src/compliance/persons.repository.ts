import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { Lead } from '../leads/lead.entity.js';

type Rows = Record<string, unknown>[];

/** What is kept of a user, by table: its condition on the user `$1`, and columns that are nobody's to read. */
const OF_USER: Readonly<Record<string, { of: string; without?: string[] }>> = {
  users: { of: 'id = $1', without: ['password_hash'] },
  sessions: { of: 'user_id = $1' },
  api_keys: { of: 'user_id = $1', without: ['secret_hash'] },
  second_factors: { of: 'user_id = $1', without: ['secret'] },
  provider_accounts: { of: 'user_id = $1' },
  notifications: { of: 'user_id = $1' },
  notification_mutes: { of: 'user_id = $1' },
  saved_views: { of: 'owner_id = $1' },
  user_preferences: { of: 'user_id = $1' },
  activities: { of: 'user_id = $1' },
  kudos: { of: 'from_user_id = $1 OR to_user_id = $1' },
  point_entries: { of: 'user_id = $1' },
  user_badges: { of: 'user_id = $1' },
  exports: { of: 'user_id = $1' },
  export_downloads: { of: 'user_id = $1' },
  distribution_availability: { of: 'agent_id = $1' },
  distribution_agent_skills: { of: 'agent_id = $1' },
  distribution_assignments: { of: 'agent_id = $1' },
  audit_entries: { of: `actor_id = $1 OR (subject_type = 'user' AND subject_id = $1)` },
  audit_origins: {
    of: `entry_id IN (SELECT id FROM audit_entries WHERE actor_id = $1 OR (subject_type = 'user' AND subject_id = $1))`,
    without: ['salt'],
  },
};

const OF_LEAD: Readonly<Record<string, { of: string; without?: string[] }>> = {
  leads: { of: 'id = $1' },
  lead_history: { of: 'lead_id = $1' },
  lead_stages: { of: 'lead_id = $1' },
  activities: { of: 'lead_id = $1' },
  import_questions: { of: 'lead_id = $1' },
  do_not_contact_phones: {
    of: 'phone IN (SELECT unnest(ARRAY[practice_phone, owner_phone]) FROM leads WHERE id = $1)',
  },
};

/** What belongs to the user alone, and goes with them. */
const DELETED_WITH_USER = [
  'sessions WHERE user_id = $1',
  'api_keys WHERE user_id = $1',
  'recovery_codes WHERE user_id = $1',
  'second_factors WHERE user_id = $1',
  'provider_accounts WHERE user_id = $1',
  'notifications WHERE user_id = $1',
  'notification_mutes WHERE user_id = $1',
  'saved_views WHERE owner_id = $1',
  'user_preferences WHERE user_id = $1',
  'idempotency_keys WHERE user_id = $1',
  'distribution_availability WHERE agent_id = $1',
  'distribution_agent_skills WHERE agent_id = $1',
  'reminders WHERE user_id = $1',
  'kudos WHERE from_user_id = $1 OR to_user_id = $1',
  `audit_origins WHERE entry_id IN (SELECT id FROM audit_entries WHERE actor_id = $1 OR (subject_type = 'user' AND subject_id = $1))`,
];

/** Everything that is kept of one person: to hand it over, and to take it away. */
@Injectable()
export class PersonsRepository {
  exportUser(tx: Transaction, id: number): Promise<Record<string, Rows>> {
    return this.collect(tx, OF_USER, id);
  }

  exportLead(tx: Transaction, id: number): Promise<Record<string, Rows>> {
    return this.collect(tx, OF_LEAD, id);
  }

  /** What they did stays, under a name that is nobody's. */
  async eraseUser(tx: Transaction, id: number): Promise<void> {
    for (const rows of DELETED_WITH_USER) await tx.query(`DELETE FROM ${rows}`, [id]);
    await tx.query('UPDATE export_downloads SET ip_address = NULL WHERE user_id = $1', [id]);
    await tx.query(
      `UPDATE users SET username = 'erased-' || id, email = 'erased-' || id || '@erased.invalid',
              full_name = 'Erased user ' || id, password_hash = '', phone = NULL, territory = NULL, hire_date = NULL,
              last_activity = NULL, hidden_from_boards = true WHERE id = $1`,
      [id],
    );
  }

  /** The lead and those that were merged into it. */
  async familyOf(tx: Transaction, id: number): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `WITH RECURSIVE family AS (
         SELECT id FROM leads WHERE id = $1 UNION SELECT l.id FROM leads l JOIN family f ON l.merged_into_id = f.id
       ) SELECT l.id FROM leads l JOIN family f ON f.id = l.id ORDER BY l.id FOR UPDATE OF l`,
      [id],
    );
    return rows.map((row) => row.id);
  }

  /** What was ever in these fields of these leads. */
  async valuesOf(tx: Transaction, ids: number[], columns: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ value: string }[]>(
      `SELECT DISTINCT value FROM (
         SELECT to_jsonb(l) ->> c AS value FROM leads l, unnest($2::text[]) AS c WHERE l.id = ANY ($1)
          UNION ALL
         SELECT v #>> '{}' FROM lead_history h, unnest(ARRAY[h.old_value, h.new_value]) AS v
          WHERE h.lead_id = ANY ($1) AND h.field = ANY ($2)) AS v
        WHERE value IS NOT NULL`,
      [ids, columns],
    );
    return rows.map(({ value }) => value);
  }

  async eraseLeads(tx: Transaction, ids: number[], columns: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE leads SET ${columns.map((column) => `${column} = NULL`).join(', ')}, version = version + 1, updated_at = now()
        WHERE id = ANY ($1)`,
      [ids],
    );
    await tx.query(
      'UPDATE lead_history SET old_value = NULL, new_value = NULL WHERE lead_id = ANY ($1) AND field = ANY ($2)',
      [ids, columns],
    );
  }

  async findLead(tx: Transaction, id: number): Promise<Lead | null> {
    return tx.findOneBy(Lead, { id });
  }

  private async collect(tx: Transaction, tables: typeof OF_USER, id: number): Promise<Record<string, Rows>> {
    const found: Record<string, Rows> = {};
    for (const [table, { of, without = [] }] of Object.entries(tables)) {
      const rows = await tx.query<{ row: Record<string, unknown> }[]>(
        `SELECT to_jsonb(t) - $2::text[] AS row FROM ${table} t WHERE ${of}`,
        [id, without],
      );
      found[table] = rows.map(({ row }) => row);
    }
    return found;
  }
}
