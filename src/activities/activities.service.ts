import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { leadErrors } from '../leads/lead.errors.js';
import { assertMayEdit, assertMaySee, visibleOwner } from '../leads/lead.policy.js';
import { LeadContactRepository } from '../leads/lead-contact.repository.js';
import { LeadsRepository } from '../leads/leads.repository.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { ActivitiesRepository } from './activities.repository.js';
import { Activity } from './activity.entity.js';
import { activityCreated } from './activity.events.js';
import { toActivityResponse } from './activity.mapper.js';
import { isContact, isReached } from './activity.policy.js';
import { ActivityResponse } from './dto/activity.response.js';
import { CreateActivityDto } from './dto/create-activity.dto.js';
import { ListActivitiesQuery } from './dto/list-activities.query.js';

/** What is done about leads. The lead's contact figures are kept by the same write. */
@Injectable()
export class ActivitiesService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly activities: ActivitiesRepository,
    private readonly leads: LeadsRepository,
    private readonly contacts: LeadContactRepository,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem 403 or 404 when one lead is asked for that the actor may not see */
  async list(actor: Actor, query: ListActivitiesQuery): Promise<ActivityResponse[]> {
    if (query.lead_id !== undefined) {
      const lead = await this.leads.findById(query.lead_id);
      if (!lead) throw leadErrors.notFound(query.lead_id);
      assertMaySee(actor, lead);
    }
    const page = await this.activities.page(visibleOwner(actor), query);
    return page.map(toActivityResponse);
  }

  /** @throws Problem 403 not their lead, 404 no such lead */
  async create(actor: Actor, dto: CreateActivityDto): Promise<ActivityResponse> {
    return this.transactions.run(async (tx) => {
      const lead = await this.leads.lockById(tx, dto.lead_id);
      if (!lead) throw leadErrors.notFound(dto.lead_id);
      assertMayEdit(actor, lead);

      const activity = await this.activities.insert(tx, {
        leadId: lead.id,
        userId: actor.id,
        activityType: dto.activity_type,
        subject: dto.subject,
        description: dto.description,
        outcome: dto.outcome,
        durationMinutes: dto.duration_minutes,
        scheduledAt: dto.scheduled_at ? new Date(dto.scheduled_at) : null,
      });
      const isFirstContact = isContact(activity) && lead.contactAttempts === 0;
      await this.contacts.record(tx, lead.id, {
        contactedAt: isContact(activity) ? activity.createdAt : null,
        followUpAt: isAhead(activity.scheduledAt, activity.createdAt) ? activity.scheduledAt : null,
        ...(isContact(activity) && lead.nextFollowUp !== null && (await this.settlement(tx, activity))),
      });
      await this.outbox.append(tx, activityCreated(activity, lead, isFirstContact));
      return toActivityResponse(activity);
    });
  }

  /** What becomes of the lead's follow-up now that somebody got in touch. */
  private async settlement(
    tx: Transaction,
    activity: Activity,
  ): Promise<{ isReached: boolean; nextPlanned: Date | null }> {
    const { nextPlanned } = await this.activities.standingOf(tx, activity.leadId);
    return {
      isReached: isReached(activity),
      nextPlanned: isAhead(nextPlanned, activity.createdAt) ? nextPlanned : null,
    };
  }
}

const isAhead = (time: Date | null, now: Date): boolean => time !== null && time > now;
