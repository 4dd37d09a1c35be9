import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Env } from '../config/env.js';
import { BoardEntryDto } from './dto/boards.dto.js';
import { Metric, RULES_OF_METRIC } from './metrics.js';
import { PeriodRange } from './period.js';
import { winRateLowerBoundSql } from './win-rate.js';

/** Which board. */
export interface BoardSpec {
  range: PeriodRange;
  metric: Metric;
  /** A manager: their agents alone. */
  teamId: number | null;
  /** Part of a lead's specialties. */
  specialty: string | null;
  /** Who sees agents that hide: everybody when null, else only this user themselves. */
  viewerId: number | null;
  limit: number;
}

/** Boards of any span, ranked in one statement together with the span before. */
@Injectable()
export class BoardsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly env: Env,
  ) {}

  rank({ range, metric, teamId, specialty, viewerId, limit }: BoardSpec): Promise<BoardEntryDto[]> {
    return this.dataSource.query(board(metric, specialty !== null), [
      range.from,
      range.to,
      range.previous?.from ?? null,
      range.previous?.to ?? null,
      RULES_OF_METRIC[metric] ?? null,
      specialty,
      this.env.COMPANY_TIME_ZONE,
      teamId,
      viewerId,
      limit,
    ]);
  }
}

const DAYS = `
  SELECT user_id, day, rule, points, entries FROM point_days WHERE $6::text IS NULL AND $7::text IS NOT NULL`;

/** The sums by day do not know specialties: these come from the ledger. */
const DAYS_OF_SPECIALTY = `
  SELECT e.user_id, e.day, e.rule, sum(e.points)::int AS points, (sum(e.points) > 0)::int AS entries
    FROM point_entries e JOIN leads l ON l.id = e.lead_id
   WHERE strpos(lower(l.specialties), lower($6)) > 0 AND e.day BETWEEN least($1::date, $3::date) AND $2::date
     AND $7::text IS NOT NULL
   GROUP BY e.user_id, e.day, e.rule, e.source_type, e.source_id`;

const CLOSED = `
  SELECT s.agent_id AS user_id, (s.entered_at AT TIME ZONE $7)::date AS day, s.status = 'CLOSED_WON' AS won
    FROM lead_stages s JOIN leads l ON l.id = s.lead_id AND l.deleted_at IS NULL
   WHERE s.left_at IS NULL AND s.status IN ('CLOSED_WON', 'CLOSED_LOST')
     AND ($5::text[] IS NULL) AND ($6::text IS NULL OR strpos(lower(l.specialties), lower($6)) > 0)`;

/** @returns columns user_id, value (shown) and worth (ranked by) for the days between two parameters */
function valuesBetween(metric: Metric, source: string, from: string, to: string): string {
  const between = `day BETWEEN ${from}::date AND ${to}::date`;
  if (metric === 'win_rate') {
    const won = 'count(*) FILTER (WHERE won)';
    return `SELECT user_id, round(100.0 * ${won} / count(*), 1)::float8 AS value,
                   ${winRateLowerBoundSql(won, 'count(*)')} AS worth
              FROM (${source}) c WHERE ${between} GROUP BY user_id`;
  }
  const summed = metric === 'points' ? 'points' : 'entries';
  return `SELECT user_id, sum(${summed})::float8 AS value, sum(${summed})::float8 AS worth
            FROM (${source}) d WHERE ${between} AND ($5::text[] IS NULL OR rule = ANY ($5)) GROUP BY user_id`;
}

function board(metric: Metric, hasSpecialty: boolean): string {
  const source = metric === 'win_rate' ? CLOSED : hasSpecialty ? DAYS_OF_SPECIALTY : DAYS;
  return `
  WITH agents AS (
    SELECT id, username, full_name, manager_id FROM users
     WHERE role = 'agent' AND is_active AND ($8::int IS NULL OR manager_id = $8)
       AND (NOT hidden_from_boards OR $9::int IS NULL OR id = $9)
  ), now_worth AS (${valuesBetween(metric, source, '$1', '$2')}),
  then_worth AS (${valuesBetween(metric, source, '$3', '$4')}),
  ranked AS (
    SELECT a.*, coalesce(n.value, 0) AS value, rank() OVER (ORDER BY coalesce(n.worth, 0) DESC)::int AS rank,
           CASE WHEN $3::date IS NOT NULL THEN rank() OVER (ORDER BY coalesce(t.worth, 0) DESC) END::int AS previous_rank
      FROM agents a LEFT JOIN now_worth n ON n.user_id = a.id LEFT JOIN then_worth t ON t.user_id = a.id
  )
  SELECT id AS user_id, username, full_name, manager_id, value, rank, previous_rank, previous_rank - rank AS movement
    FROM ranked ORDER BY rank, full_name, id LIMIT $10`;
}
