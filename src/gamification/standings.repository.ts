import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { BADGES } from './badges.js';
import { LeaderboardEntryResponse, MyStatsResponse } from './dto/standing.response.js';

/** How agents stand now, by the figures kept with them. */
@Injectable()
export class StandingsRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /** Active agents by rank; those who hide are seen by themselves and by managers and admins. */
  leaderboard(actor: Actor, limit: number): Promise<LeaderboardEntryResponse[]> {
    return this.reads.query(
      `SELECT id AS user_id, username, full_name, conversion_rate, activity_score, deals_closed, current_percentile,
              performance_score, current_rank AS rank, total_points, level
         FROM users
        WHERE role = 'agent' AND is_active AND (NOT hidden_from_boards OR id = $1 OR $2)
        ORDER BY performance_score DESC, full_name, id LIMIT $3`,
      [actor.id, actor.role !== UserRole.AGENT, limit],
    );
  }

  async of(userId: number): Promise<MyStatsResponse> {
    const [row] = await this.reads.query<[MyStatsResponse]>(
      `SELECT conversion_rate, activity_score, deals_closed, current_percentile, current_rank, current_rank AS rank,
              performance_score, total_points, level, badges,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('badge', b.badge, 'name', k.name, 'description', k.description,
                        'earned_at', to_char(b.earned_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY b.earned_at, b.badge), '[]')
                 FROM user_badges b
                 JOIN jsonb_to_recordset($2::jsonb) AS k (badge text, name text, description text) ON k.badge = b.badge
                WHERE b.user_id = u.id AND b.revoked_at IS NULL) AS achievements,
              (SELECT count(*)::int FROM activities a
                WHERE a.user_id = u.id AND a.undone_at IS NULL AND a.created_at > now() - interval '7 days')
                AS recent_activities
         FROM users u WHERE id = $1`,
      [userId, JSON.stringify(BADGES)],
    );
    return row;
  }
}
