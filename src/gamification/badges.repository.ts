import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import type { Transaction } from '../database/transaction-runner.js';
import { insertFactsFrom } from '../outbox/outbox.js';
import { BADGES } from './badges.js';
import { streaksSql } from './streak.sql.js';

/** A badge, how far somebody is with it and whether they hold it. */
export interface BadgeProgress {
  badge: string;
  value: number;
  earned_at: Date | null;
}

/** Seconds after getting a lead within which first contact is quick; an index holds these leads. */
const QUICK_SECONDS = 3_600;

const METRICS = `
  ${streaksSql('($1::int[] IS NULL OR p.user_id = ANY ($1))')},
  quick AS (
    SELECT e.user_id, count(*)::int AS contacts
      FROM (SELECT user_id, lead_id FROM point_entries
             WHERE rule = 'first_contact' AND ($1::int[] IS NULL OR user_id = ANY ($1))
             GROUP BY user_id, lead_id, source_id HAVING sum(points) > 0) e
      JOIN leads l ON l.id = e.lead_id AND l.speed_to_lead_seconds <= ${QUICK_SECONDS}
     GROUP BY e.user_id
  ), comebacks AS (
    SELECT s.agent_id, count(*)::int AS won FROM lead_stages s
      JOIN leads l ON l.id = s.lead_id AND l.times_recycled > 0
     WHERE s.left_at IS NULL AND s.status = 'CLOSED_WON' AND ($1::int[] IS NULL OR s.agent_id = ANY ($1))
       AND NOT EXISTS (SELECT 1 FROM leads d WHERE d.id = s.lead_id AND d.deleted_at IS NOT NULL)
     GROUP BY s.agent_id
  ), metrics AS (
    SELECT u.id AS user_id, m.metric, m.value
      FROM users u
      LEFT JOIN quick q ON q.user_id = u.id
      LEFT JOIN comebacks c ON c.agent_id = u.id
     CROSS JOIN LATERAL (VALUES
       ('deals', u.deals_closed::float8), ('points', u.total_points::float8), ('percentile', u.current_percentile),
       ('streak', coalesce((SELECT max(days) FROM streaks s WHERE s.user_id = u.id), 0)::float8),
       ('quick_contacts', coalesce(q.contacts, 0)::float8), ('comebacks', coalesce(c.won, 0)::float8)) AS m (metric, value)
     WHERE $1::int[] IS NULL OR u.id = ANY ($1)
  ), badges AS (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS b (badge text, metric text, target float8)
  )`;

/** Who holds which badge. */
@Injectable()
export class BadgesRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /**
   * Awards what is earned, takes back what is not any more, and records the facts: who holds a badge for the first time, and
   * whether ranks changed.
   *
   * @param userIds null for everybody
   * @returns how many facts there are to tell
   */
  async refresh(tx: Transaction, userIds: number[] | null, ranksChanged: boolean): Promise<number> {
    const [row] = await tx.query<[{ told: number }]>(REFRESH, [
      userIds,
      JSON.stringify(BADGES),
      ranksChanged,
    ]);
    return row.told;
  }

  /** Every badge as it stands for one user. */
  progressOf(userId: number): Promise<BadgeProgress[]> {
    return this.reads.query(
      `WITH ${METRICS}
       SELECT b.badge, m.value, h.earned_at FROM badges b JOIN metrics m ON m.metric = b.metric
         LEFT JOIN user_badges h ON h.user_id = m.user_id AND h.badge = b.badge AND h.revoked_at IS NULL`,
      [[userId], JSON.stringify(BADGES)],
    );
  }
}

const FACTS = `
  SELECT * FROM (SELECT 'badge.earned', jsonb_build_object('userId', user_id, 'badge', badge), NULL::int, NULL::int, NULL::int
                   FROM awarded WHERE is_new ORDER BY user_id, badge) earned
   UNION ALL
  SELECT 'leaderboard.updated', '{}', NULL, NULL, NULL WHERE $3::boolean`;

const REFRESH = `
  WITH ${METRICS}, held AS (
    SELECT m.user_id, b.badge FROM metrics m JOIN badges b ON b.metric = m.metric AND m.value >= b.target
  ), awarded AS (
    INSERT INTO user_badges AS b (user_id, badge) SELECT user_id, badge FROM held ORDER BY 1, 2
    ON CONFLICT (user_id, badge) DO UPDATE SET revoked_at = NULL WHERE b.revoked_at IS NOT NULL
    RETURNING user_id, badge, xmax = 0 AS is_new
  ), revoked AS (
    UPDATE user_badges b SET revoked_at = now()
     WHERE b.revoked_at IS NULL AND ($1::int[] IS NULL OR b.user_id = ANY ($1))
       AND NOT EXISTS (SELECT 1 FROM held h WHERE h.user_id = b.user_id AND h.badge = b.badge)
  ), listed AS (
    SELECT u.id, coalesce(jsonb_agg(h.badge ORDER BY h.badge) FILTER (WHERE h.badge IS NOT NULL), '[]') AS badges
      FROM users u LEFT JOIN held h ON h.user_id = u.id
     WHERE $1::int[] IS NULL OR u.id = ANY ($1) GROUP BY u.id
  ), shown AS (
    UPDATE users u SET badges = l.badges FROM listed l WHERE u.id = l.id AND u.badges <> l.badges
  ), told AS (${insertFactsFrom(FACTS)} RETURNING 1)
  SELECT count(*)::int AS told FROM told`;
