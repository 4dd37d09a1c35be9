import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import type { Transaction } from '../database/transaction-runner.js';
import { ContestResponse, CreateContestDto, StandingDto } from './dto/contests.dto.js';

/** A contest as it is stored. */
export type Contest = Omit<ContestResponse, 'state'>;

/** Contests, who takes part, and their final results. */
@Injectable()
export class ContestsRepository {
  constructor(private readonly reads: ReplicaReads) {}

  async insert(
    tx: Transaction,
    dto: CreateContestDto,
    teamIds: number[],
    creatorId: number,
  ): Promise<number> {
    const [row] = await tx.query<[{ id: number }]>(
      `INSERT INTO contests (name, prize, metric, entrants, starts_on, ends_on, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [dto.name, dto.prize ?? null, dto.metric, dto.entrants, dto.starts_on, dto.ends_on, creatorId],
    );
    await tx.query('INSERT INTO contest_teams (contest_id, manager_id) SELECT $1, unnest($2::int[])', [
      row.id,
      teamIds,
    ]);
    return row.id;
  }

  /** Ids of active managers, of these when given. */
  async teams(ids: number[] | null): Promise<number[]> {
    const rows = await this.reads.query<{ id: number }[]>(
      `SELECT id FROM users WHERE role = 'manager' AND is_active AND ($1::int[] IS NULL OR id = ANY ($1)) ORDER BY id`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Latest first. */
  list(): Promise<Contest[]> {
    return this.reads.query(
      `SELECT ${COLUMNS} FROM contests c ORDER BY c.starts_on DESC, c.id DESC LIMIT 200`,
    );
  }

  async findById(id: number): Promise<Contest | undefined> {
    const [row] = await this.reads.query<Contest[]>(`SELECT ${COLUMNS} FROM contests c WHERE c.id = $1`, [
      id,
    ]);
    return row;
  }

  /** @returns whether it was not frozen before; the row is held until the transaction ends */
  async lockUnfrozen(tx: Transaction, id: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM contests WHERE id = $1 AND frozen_at IS NULL FOR UPDATE',
      [id],
    );
    return rows.length > 0;
  }

  async freeze(tx: Transaction, id: number, standing: StandingDto[]): Promise<void> {
    await tx.query(
      `INSERT INTO contest_results (contest_id, entrant_id, name, value, rank)
       SELECT $1, entrant_id, name, value, rank FROM jsonb_to_recordset($2::jsonb)
         AS r (entrant_id int, name text, value float8, rank int)`,
      [id, JSON.stringify(standing)],
    );
    await tx.query('UPDATE contests SET frozen_at = now() WHERE id = $1', [id]);
  }

  result(id: number): Promise<StandingDto[]> {
    return this.reads.query(
      'SELECT entrant_id, name, value, rank FROM contest_results WHERE contest_id = $1 ORDER BY rank, name',
      [id],
    );
  }

  async namesOf(ids: number[]): Promise<Map<number, string>> {
    const rows = await this.reads.query<{ id: number; full_name: string }[]>(
      'SELECT id, full_name FROM users WHERE id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ id, full_name }) => [id, full_name]));
  }
}

const COLUMNS = `c.id, c.name, c.prize, c.metric, c.entrants, c.starts_on::text AS starts_on, c.ends_on::text AS ends_on,
  c.frozen_at, ARRAY(SELECT manager_id FROM contest_teams t WHERE t.contest_id = c.id ORDER BY 1) AS team_ids`;
