import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { ReplicaReads } from '../database/replica-reads.js';
import { Statement } from '../database/statement.js';
import { BoardEntryDto } from './dto/boards.dto.js';
import { Metric, RULES_OF_METRIC } from './metrics.js';
import { monthsAndDays } from './months-and-days.js';
import { DayRange, nextDay, PeriodRange } from './period.js';
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

/** Where there is no span before. */
const NO_DAYS: DayRange = { from: '1970-01-02', to: '1970-01-01' };

/** Boards of any span, ranked in one statement together with the span before. */
@Injectable()
export class BoardsRepository {
  constructor(
    private readonly reads: ReplicaReads,
    private readonly env: Env,
  ) {}

  rank(spec: BoardSpec): Promise<BoardEntryDto[]> {
    const { range, teamId, viewerId, limit } = spec;
    const statement = new Statement();
    const team = statement.value(teamId, 'int');
    const viewer = statement.value(viewerId, 'int');
    const previousRank = range.previous
      ? 'rank() OVER (ORDER BY coalesce(t.worth, 0) DESC)::int'
      : 'NULL::int';
    return statement
      .with(
        'agents',
        `SELECT id, username, full_name, manager_id FROM users
          WHERE role = 'agent' AND is_active AND (${team} IS NULL OR manager_id = ${team})
            AND (NOT hidden_from_boards OR ${viewer} IS NULL OR id = ${viewer})`,
      )
      .with('now_worth', this.values(statement, spec, range))
      .with('then_worth', this.values(statement, spec, range.previous ?? NO_DAYS))
      .with(
        'ranked',
        `SELECT a.*, coalesce(n.value, 0) AS value, rank() OVER (ORDER BY coalesce(n.worth, 0) DESC)::int AS rank,
                ${previousRank} AS previous_rank
           FROM agents a LEFT JOIN now_worth n ON n.user_id = a.id LEFT JOIN then_worth t ON t.user_id = a.id`,
      )
      .run(
        this.reads,
        `SELECT id AS user_id, username, full_name, manager_id, value, rank, previous_rank, previous_rank - rank AS movement
           FROM ranked ORDER BY rank, full_name, id LIMIT ${statement.value(limit, 'int')}`,
      );
  }

  /** @returns SQL of columns user_id, value (shown) and worth (ranked by) for some days */
  private values(statement: Statement, { metric, specialty }: BoardSpec, days: DayRange): string {
    if (metric === 'win_rate') return winRates(statement, this.env.COMPANY_TIME_ZONE, specialty, days);
    const rules = RULES_OF_METRIC[metric];
    const ofMetric = rules ? `WHERE rule = ANY (${statement.value(rules, 'text[]')})` : '';
    const summed = metric === 'points' ? 'points' : 'entries';
    const points = specialty === null ? sums(statement, days) : pointsOf(statement, specialty, days);
    return `SELECT user_id, sum(${summed})::float8 AS value, sum(${summed})::float8 AS worth
              FROM (${points}) p ${ofMetric} GROUP BY user_id`;
  }
}

/** From the sums by month and by day. */
const sums = (statement: Statement, days: DayRange): string => `
  SELECT s.user_id, s.rule, s.points * d.sign AS points, s.entries * d.sign AS entries
    FROM jsonb_to_recordset(${statement.value(JSON.stringify(monthsAndDays(days)), 'jsonb')})
      AS d (unit text, sign int, "from" date, "to" date)
   CROSS JOIN LATERAL (
     SELECT user_id, rule, points, entries FROM point_months WHERE d.unit = 'month' AND month BETWEEN d."from" AND d."to"
      UNION ALL
     SELECT user_id, rule, points, entries FROM point_days WHERE d.unit = 'day' AND day BETWEEN d."from" AND d."to") s`;

/** These sums do not know specialties: they come from the ledger. */
const pointsOf = (statement: Statement, specialty: string, { from, to }: DayRange): string => `
  SELECT e.user_id, e.rule, sum(e.points)::int AS points, (sum(e.points) > 0)::int AS entries
    FROM point_entries e JOIN leads l ON l.id = e.lead_id
   WHERE ${isOf(statement, specialty)}
     AND e.day BETWEEN ${statement.value(from, 'date')} AND ${statement.value(to, 'date')}
   GROUP BY e.user_id, e.day, e.rule, e.source_type, e.source_id`;

function winRates(
  statement: Statement,
  zone: string,
  specialty: string | null,
  { from, to }: DayRange,
): string {
  const won = `count(*) FILTER (WHERE s.status = 'CLOSED_WON')`;
  const midnight = (day: string) =>
    `${statement.value(day, 'date')}::timestamp AT TIME ZONE ${statement.value(zone, 'text')}`;
  return `
    SELECT s.agent_id AS user_id, round(100.0 * ${won} / count(*), 1)::float8 AS value,
           ${winRateLowerBoundSql(won, 'count(*)')} AS worth
      FROM lead_stages s JOIN leads l ON l.id = s.lead_id AND l.deleted_at IS NULL
     WHERE s.left_at IS NULL AND s.status IN ('CLOSED_WON', 'CLOSED_LOST')
       AND s.entered_at >= ${midnight(from)} AND s.entered_at < ${midnight(nextDay(to))}
       ${specialty === null ? '' : `AND ${isOf(statement, specialty)}`}
     GROUP BY s.agent_id`;
}

const isOf = (statement: Statement, specialty: string): string =>
  `strpos(lower(l.specialties), lower(${statement.value(specialty, 'text')})) > 0`;
