import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import type { Transaction } from '../database/transaction-runner.js';

/** The contact figures of a lead, which follow from what is done about it. */
@Injectable()
export class LeadContactRepository {
  constructor(private readonly env: Env) {}

  /**
   * The version stays: nobody's edit is made stale by a call that somebody logged.
   *
   * @param contactedAt counts one contact; null when nobody was contacted
   * @param followUpAt when to get in touch again; null leaves it as it is, unless the contact settles it
   * @param isReached whether somebody answered: then what was planned for later that day is settled, too
   * @param nextPlanned what is planned after what is settled
   */
  async record(
    tx: Transaction,
    leadId: number,
    {
      contactedAt,
      followUpAt,
      isReached = false,
      nextPlanned = null,
    }: {
      contactedAt: Date | null;
      followUpAt: Date | null;
      isReached?: boolean;
      nextPlanned?: Date | null;
    },
  ): Promise<void> {
    if (contactedAt === null && followUpAt === null) return;
    await tx.query(
      `UPDATE leads SET
         contact_attempts = contact_attempts + CASE WHEN $2::timestamptz IS NULL THEN 0 ELSE 1 END,
         last_contact_date = greatest(last_contact_date, $2::timestamptz),
         first_contact_at = coalesce(first_contact_at, $2::timestamptz),
         speed_to_lead_seconds = CASE WHEN first_contact_at IS NULL AND contact_attempts = 0
           THEN greatest(0, extract(epoch FROM $2::timestamptz - coalesce(assigned_at, created_at)))::int
           ELSE speed_to_lead_seconds END,
         next_follow_up = CASE
           WHEN $3::timestamptz IS NOT NULL THEN $3
           -- A contact settles the follow-up that was due, and an answer that of the day.
           WHEN next_follow_up <= $2::timestamptz OR ($4::boolean
             AND (next_follow_up AT TIME ZONE $5)::date <= ($2::timestamptz AT TIME ZONE $5)::date) THEN $6::timestamptz
           ELSE next_follow_up END,
         updated_at = clock_timestamp()
       WHERE id = $1`,
      [leadId, contactedAt, followUpAt, isReached, this.env.COMPANY_TIME_ZONE, nextPlanned],
    );
  }

  /**
   * After an activity was changed or taken back. What is not given stays.
   *
   * @param attempts how many contacts more, negative for fewer
   * @param contacts first and last contact that are left, when contacts changed
   * @param nextFollowUp when the follow-up that was planned is no more
   */
  async correct(
    tx: Transaction,
    leadId: number,
    {
      attempts,
      contacts,
      nextFollowUp,
    }: {
      attempts: number;
      contacts?: { first: Date | null; last: Date | null };
      nextFollowUp?: Date | null;
    },
  ): Promise<void> {
    if (attempts === 0 && contacts === undefined && nextFollowUp === undefined) return;
    await tx.query(
      `UPDATE leads SET
         contact_attempts = greatest(0, contact_attempts + $2),
         first_contact_at = CASE WHEN $3::boolean THEN $4::timestamptz ELSE first_contact_at END,
         speed_to_lead_seconds = CASE WHEN $3::boolean AND first_contact_at IS DISTINCT FROM $4::timestamptz
           THEN greatest(0, extract(epoch FROM $4::timestamptz - coalesce(assigned_at, created_at)))::int
           ELSE speed_to_lead_seconds END,
         last_contact_date = CASE WHEN $3::boolean THEN $5::timestamptz ELSE last_contact_date END,
         next_follow_up = CASE WHEN $6::boolean THEN $7::timestamptz ELSE next_follow_up END,
         updated_at = clock_timestamp()
       WHERE id = $1`,
      [
        leadId,
        attempts,
        contacts !== undefined,
        contacts?.first ?? null,
        contacts?.last ?? null,
        nextFollowUp !== undefined,
        nextFollowUp ?? null,
      ],
    );
  }
}
