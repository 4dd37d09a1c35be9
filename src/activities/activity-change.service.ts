import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { Lead } from '../leads/lead.entity.js';
import { assertMayEdit } from '../leads/lead.policy.js';
import { LeadContactRepository } from '../leads/lead-contact.repository.js';
import { LeadsRepository } from '../leads/leads.repository.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { ActivitiesRepository } from './activities.repository.js';
import { Activity } from './activity.entity.js';
import { activityErrors } from './activity.errors.js';
import { activityChanged } from './activity.events.js';
import { toActivityResponse } from './activity.mapper.js';
import { CHANGEABLE_MINUTES, isContact, isStillChangeable } from './activity.policy.js';
import { ActivityResponse } from './dto/activity.response.js';
import { CompleteActivityDto, UpdateActivityDto } from './dto/change-activity.dto.js';

type ActivityFact = 'activity.updated' | 'activity.completed' | 'activity.undone';

/** Corrects, takes back and completes activities. The lead's contact figures are kept by the same write. */
@Injectable()
export class ActivityChangeService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly activities: ActivitiesRepository,
    private readonly leads: LeadsRepository,
    private readonly contacts: LeadContactRepository,
    private readonly outbox: Outbox,
  ) {}

  /** What is only planned can be moved and changed until it is done. @throws Problem 400 no field, 403 somebody else's, 404 absent, 409 too old */
  async update(actor: Actor, id: number, dto: UpdateActivityDto): Promise<ActivityResponse> {
    const wanted = {
      activityType: dto.activity_type,
      subject: dto.subject,
      description: dto.description,
      outcome: dto.outcome,
      durationMinutes: dto.duration_minutes,
      scheduledAt: toTime(dto.scheduled_at),
    };
    if (Object.values(wanted).every((value) => value === undefined)) throw activityErrors.nothingToUpdate();
    return this.change(actor, id, 'activity.updated', async (tx, before) => {
      if (before.completedAt !== null) assertChangeable(actor, before);
      return this.activities.update(tx, before, wanted);
    });
  }

  /** As if it had never been logged. @throws Problem 403 somebody else's, 404 absent, 409 too old */
  async undo(actor: Actor, id: number): Promise<void> {
    await this.change(actor, id, 'activity.undone', async (tx, before) => {
      assertChangeable(actor, before);
      return this.activities.undo(tx, id);
    });
  }

  /** Something planned was done, by who planned it or who has the lead now. @throws Problem 403, 404, 409 done already */
  async complete(actor: Actor, id: number, dto: CompleteActivityDto): Promise<ActivityResponse> {
    return this.change(actor, id, 'activity.completed', async (tx, before) => {
      if (before.completedAt) throw activityErrors.alreadyDone(id);
      return this.activities.complete(tx, before, {
        description: dto.description,
        outcome: dto.outcome,
        durationMinutes: dto.duration_minutes,
      });
    });
  }

  private change(
    actor: Actor,
    id: number,
    fact: ActivityFact,
    write: (tx: Transaction, before: Activity) => Promise<Activity>,
  ): Promise<ActivityResponse> {
    return this.transactions.run(async (tx) => {
      const leadId = await this.activities.leadOf(tx, id);
      const lead = leadId === undefined ? null : await this.leads.lockById(tx, leadId);
      const before = lead && (await this.activities.findById(tx, id));
      if (!lead || !before) throw activityErrors.notFound(id);
      if (before.userId !== actor.id) assertMayEdit(actor, lead);

      const after = await write(tx, before);
      await this.keepContacts(tx, lead, before, after);
      await this.outbox.append(tx, activityChanged(fact, after, lead, actor.id));
      return toActivityResponse(after);
    });
  }

  private async keepContacts(tx: Transaction, lead: Lead, before: Activity, after: Activity): Promise<void> {
    const was = counts(before);
    const is = counts(after);
    const standing = await this.activities.standingOf(tx, before.leadId);
    // What an early contact had settled is due again when that contact is no more.
    const isDueAgain = was && !is && isSooner(standing.nextPlanned, lead.nextFollowUp);
    await this.contacts.correct(tx, before.leadId, {
      attempts: Number(is) - Number(was),
      contacts: was === is ? undefined : { first: standing.firstContact, last: standing.lastContact },
      nextFollowUp: isDueAgain || isPlanChanged(before, after) ? standing.nextPlanned : undefined,
    });
  }
}

const toTime = (text: string | null | undefined): Date | null | undefined =>
  text ? new Date(text) : text === undefined ? undefined : null;

const counts = (activity: Activity): boolean => activity.undoneAt === null && isContact(activity);

const isSooner = (time: Date | null, than: Date | null): boolean =>
  time !== null && (than === null || time < than);

const plannedTime = (activity: Activity): number | null =>
  activity.completedAt || activity.undoneAt ? null : (activity.scheduledAt?.getTime() ?? null);

const isPlanChanged = (before: Activity, after: Activity): boolean =>
  plannedTime(before) !== plannedTime(after);

function assertChangeable(actor: Actor, activity: Activity): void {
  if (activity.userId !== actor.id) throw activityErrors.notYours();
  if (!isStillChangeable(activity, new Date())) throw activityErrors.settled(CHANGEABLE_MINUTES);
}
