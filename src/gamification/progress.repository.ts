import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { ReplicaReads } from '../database/replica-reads.js';
import { BADGES } from './badges.js';
import { BadgesRepository } from './badges.repository.js';
import { BadgeProgressDto, LevelDto, ProgressResponse, StreakDto } from './dto/progress.dto.js';
import { pointsOfLevel } from './performance.js';
import { dayIn } from './period.js';
import { streaksSql } from './streak.sql.js';

/** How far somebody is: level, streak, badges. */
@Injectable()
export class ProgressRepository {
  constructor(
    private readonly reads: ReplicaReads,
    private readonly badges: BadgesRepository,
    private readonly env: Env,
  ) {}

  async of(userId: number): Promise<ProgressResponse> {
    const [level, streak, badges] = await Promise.all([
      this.levelOf(userId),
      this.streakOf(userId),
      this.badgesOf(userId),
    ]);
    return { user_id: userId, level, streak, badges };
  }

  private async levelOf(userId: number): Promise<LevelDto> {
    const [{ level, total_points }] = await this.reads.query<[{ level: number; total_points: number }]>(
      'SELECT level, total_points FROM users WHERE id = $1',
      [userId],
    );
    return {
      level,
      total_points,
      level_points: pointsOfLevel(level),
      next_level_points: pointsOfLevel(level + 1),
    };
  }

  /** A streak goes on through the weekend, and until the end of the working day after its last one. */
  private async streakOf(userId: number): Promise<StreakDto> {
    const [row] = await this.reads.query<[StreakDto]>(
      `WITH ${streaksSql('p.user_id = $1')}, today AS (
         SELECT $2::date AS day, CASE extract(isodow FROM $2::date) WHEN 1 THEN 3 WHEN 7 THEN 2 ELSE 1 END AS back
       )
       SELECT coalesce(max(s.days) FILTER (WHERE s.last_day >= t.day - t.back), 0)::int AS current,
              coalesce(max(s.days), 0)::int AS longest, max(s.last_day)::text AS last_day
         FROM today t LEFT JOIN streaks s ON true`,
      [userId, dayIn(this.env.COMPANY_TIME_ZONE, new Date())],
    );
    return row;
  }

  private async badgesOf(userId: number): Promise<BadgeProgressDto[]> {
    const progress = new Map((await this.badges.progressOf(userId)).map((row) => [row.badge, row]));
    return BADGES.map(({ badge, name, description, target }) => {
      const { value = 0, earned_at = null } = progress.get(badge) ?? {};
      return { badge, name, description, value, target, progress: Math.min(1, value / target), earned_at };
    });
  }
}
