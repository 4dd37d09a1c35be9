import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Activity } from '../activities/activity.entity.js';
import { prepared } from '../database/prepared-statement.js';
import { columnNames, Row, rowHydrator } from '../database/row-hydrator.js';
import { Lead } from '../leads/lead.entity.js';
import { OutboxFact } from '../outbox/outbox-fact.js';

export interface LeadSnapshot {
  lead: Lead;
  /** Manager of whoever has the lead. */
  ownerManagerId: number | null;
}

export interface PersonSnapshot {
  id: number;
  fullName: string;
  managerId: number | null;
}

/** The present state of what facts are about, by id. */
export interface Snapshots {
  leads: Map<number, LeadSnapshot>;
  activities: Map<number, Activity>;
  people: Map<number, PersonSnapshot>;
}

const TELLS_AN_ACTIVITY = /^activity\.(created|updated|completed)$/;
const TELLS_A_PERSON = /^(badge|user)\./;

const OF_PEOPLE = prepared(
  'SELECT id, full_name AS "fullName", manager_id AS "managerId" FROM users WHERE id = ANY ($1)',
);

/** Reads what events say and who may hear them, at the moment in which they are sent. */
@Injectable()
export class SnapshotsRepository {
  private readonly ofLeads: string;
  private readonly hydrateLead: (row: Row) => Lead;
  private readonly hydrateActivity: (row: Row) => Activity;

  constructor(private readonly dataSource: DataSource) {
    const columns = [...columnNames(dataSource, Lead).values()].map((column) => `l.${column}`).join(', ');
    this.ofLeads = prepared(
      `SELECT ${columns}, u.manager_id AS owner_manager_id
         FROM leads l LEFT JOIN users u ON u.id = l.assigned_user_id WHERE l.id = ANY ($1)`,
    );
    this.hydrateLead = rowHydrator(dataSource, Lead);
    this.hydrateActivity = rowHydrator(dataSource, Activity);
  }

  async of(facts: OutboxFact[]): Promise<Snapshots> {
    const [leads, activities, people] = await Promise.all([
      this.leads(idsOf(facts, ({ leadId }) => leadId)),
      this.activities(
        idsOf(facts, ({ type, payload }) => (TELLS_AN_ACTIVITY.test(type) ? payload['activityId'] : null)),
      ),
      this.people([
        ...idsOf(facts, ({ type, payload }) => (TELLS_A_PERSON.test(type) ? payload['userId'] : null)),
        ...idsOf(facts, ({ leadId, actorId }) => (leadId === null ? null : actorId)),
      ]),
    ]);
    return { leads, activities, people };
  }

  /** Deleted ones too: their `deletedAt` is set. */
  async leads(ids: number[]): Promise<Map<number, LeadSnapshot>> {
    const rows = await this.byIds<Row>(this.ofLeads, ids);
    return new Map(
      rows.map((row) => [
        Number(row['id']),
        { lead: this.hydrateLead(row), ownerManagerId: row['owner_manager_id'] as number | null },
      ]),
    );
  }

  async people(ids: number[]): Promise<Map<number, PersonSnapshot>> {
    const rows = await this.byIds<PersonSnapshot>(OF_PEOPLE, ids);
    return new Map(rows.map((person) => [person.id, person]));
  }

  private async activities(ids: number[]): Promise<Map<number, Activity>> {
    const rows = await this.byIds<Row>('SELECT * FROM activities WHERE id = ANY ($1)', ids);
    return new Map(rows.map((row) => [Number(row['id']), this.hydrateActivity(row)]));
  }

  private async byIds<Result>(sql: string, ids: number[]): Promise<Result[]> {
    return ids.length === 0 ? [] : this.dataSource.query<Result[]>(sql, [ids]);
  }
}

function idsOf(facts: OutboxFact[], idOf: (fact: OutboxFact) => unknown): number[] {
  const ids = facts.map(idOf).filter((id): id is number => typeof id === 'number');
  return [...new Set(ids)];
}
