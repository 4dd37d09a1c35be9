import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { RULES_OF_METRIC } from '../gamification/metrics.js';
import { FirstContactDto, TodayDto } from './dto/my-day.response.js';

const FIRST_CONTACTS_LISTED = 50;
const ACTIVE = "l.deleted_at IS NULL AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')";

/** What somebody did today, and which of their leads wait for a first contact. */
@Injectable()
export class MyDayRepository {
  constructor(private readonly reads: ReplicaReads) {}

  async today(userId: number, day: string): Promise<TodayDto & { active_leads: number }> {
    const [row] = await this.reads.query<[TodayDto & { active_leads: number }]>(
      `SELECT coalesce(sum(points), 0)::int AS points, ${counted('$3')} AS activities, ${counted('$4')} AS calls,
              ${counted("'{first_contact}'")} AS first_contacts, ${counted("'{deal_closed}'")} AS deals,
              (SELECT count(*)::int FROM leads l WHERE l.assigned_user_id = $1 AND ${ACTIVE}) AS active_leads
         FROM point_days WHERE user_id = $1 AND day = $2`,
      [userId, day, RULES_OF_METRIC.activities, RULES_OF_METRIC.calls],
    );
    return row;
  }

  firstContactsDue(userId: number): Promise<FirstContactDto[]> {
    return this.reads.query(
      `SELECT l.id AS lead_id, l.practice_name, l.practice_phone, l.score, l.priority,
              coalesce(l.assigned_at, l.created_at) AS assigned_at,
              greatest(0, extract(epoch FROM now() - coalesce(l.assigned_at, l.created_at)) / 60)::int AS waiting_minutes,
              l.recycling_eligible_at
         FROM leads l
        WHERE l.assigned_user_id = $1 AND ${ACTIVE} AND l.contact_attempts = 0 AND l.first_contact_at IS NULL
        ORDER BY l.recycling_eligible_at NULLS LAST, assigned_at, l.id LIMIT ${FIRST_CONTACTS_LISTED}`,
      [userId],
    );
  }
}

const counted = (rules: string): string =>
  `coalesce(sum(entries) FILTER (WHERE rule = ANY (${rules}::text[])), 0)::int`;
