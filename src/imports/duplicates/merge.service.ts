import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.repository.js';
import { Transaction, TransactionRunner } from '../../database/transaction-runner.js';
import { AuditAction, ChangeSource } from '../../enums/index.js';
import { LeadResponse } from '../../leads/dto/lead.response.js';
import { Lead } from '../../leads/lead.entity.js';
import { leadErrors } from '../../leads/lead.errors.js';
import { toLeadResponse } from '../../leads/lead.mapper.js';
import { LeadBulkRepository } from '../../leads/lead-bulk.repository.js';
import { changesOf } from '../../leads/lead-change.js';
import { correction, deletion, restoration } from '../../leads/lead-edit.js';
import { LeadWriter } from '../../leads/lead-writer.js';
import { LeadsRepository } from '../../leads/leads.repository.js';
import { Outbox } from '../../outbox/outbox.js';
import { Actor } from '../../users/actor.js';
import { MERGE_FIELDS, MergeDto, MergeField, PastMergeResponse } from './dto/duplicates.dto.js';
import { duplicateErrors } from './duplicates.errors.js';
import { DuplicatesRepository } from './duplicates.repository.js';
import { MergesRepository } from './merges.repository.js';

const propertyOf = (field: MergeField): keyof Lead =>
  field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof Lead;

/**
 * Makes several leads one: the survivor takes the chosen fields and all activities, the others are deleted and lead to it.
 * Everything is kept that it takes to undo it. Eight dependencies: leads, their activities, pairs and merges change together.
 */
@Injectable()
export class MergeService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly leads: LeadBulkRepository,
    private readonly single: LeadsRepository,
    private readonly writer: LeadWriter,
    private readonly merges: MergesRepository,
    private readonly duplicates: DuplicatesRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404 when one is not there, 422 when the survivor is among the others */
  merge(actor: Actor, survivorId: number, dto: MergeDto): Promise<{ mergeId: number; lead: LeadResponse }> {
    const others = [...new Set(dto.lead_ids)].sort((a, b) => a - b);
    if (others.includes(survivorId)) throw duplicateErrors.mergeWithItself();
    const origin = { actorId: actor.id, source: ChangeSource.MERGE };
    return this.transactions.run(async (tx) => {
      const leads = await this.leads.lockByIds(tx, [survivorId, ...others]);
      const byId = new Map(leads.map((lead) => [lead.id, lead]));
      const missing = [survivorId, ...others].find((id) => !byId.has(id));
      const survivor = byId.get(survivorId);
      if (missing !== undefined || !survivor) throw leadErrors.notFound(missing ?? survivorId);
      const wanted = chosenFields(
        survivor,
        others.flatMap((id) => byId.get(id) ?? []),
        byId,
        dto.fields ?? {},
      );
      const changes = changesOf(survivor, wanted);
      // The others go first: the survivor may take the NPI of one of them.
      for (const id of others) {
        const lead = byId.get(id);
        if (!lead) continue;
        const gone = deletion(actor.id);
        const edit = {
          ...gone,
          wanted: () => ({ ...gone.wanted(lead), mergedIntoId: survivorId }),
          reason: `Merged into lead ${survivorId}`,
        };
        await this.writer.apply(tx, lead, edit, origin);
      }
      const activities = await this.merges.moveActivities(tx, others, survivorId);
      const edit = { ...correction(wanted, actor.id), reason: `Merged with ${others.join(', ')}` };
      const saved = await this.writer.apply(tx, survivor, edit, origin);
      await this.tellMoves(tx, actor, saved, Object.values(activities).flat());
      const mergeId = await this.merges.insert(tx, {
        survivorId,
        mergedIds: others,
        changes: Object.fromEntries(changes.map(({ property, from, to }) => [property, { from, to }])),
        activities,
        mergedById: actor.id,
      });
      await this.duplicates.decide(tx, [survivorId, ...others], 'merged', actor.id);
      const subject = { type: 'lead', id: survivorId };
      const details = { merge_id: mergeId, merged_ids: others };
      await this.audit.record(tx, { action: AuditAction.LEADS_MERGED, actor, subject, details });
      return { mergeId, lead: toLeadResponse(saved) };
    });
  }

  /** What can be undone, newest first. */
  ofLead(leadId: number): Promise<PastMergeResponse[]> {
    return this.merges.ofLead(leadId);
  }

  /** Fields that somebody edited since the merge stay as they are. @throws Problem 404, 409 undone already */
  undo(actor: Actor, mergeId: number): Promise<LeadResponse> {
    const origin = { actorId: actor.id, source: ChangeSource.MERGE };
    return this.transactions.run(async (tx) => {
      const merge = await this.merges.takeUndo(tx, mergeId);
      if (!merge) {
        if (await this.merges.exists(tx, mergeId)) throw duplicateErrors.undoneAlready(mergeId);
        throw duplicateErrors.mergeNotFound(mergeId);
      }
      const survivor = await this.single.lockById(tx, merge.survivorId);
      if (!survivor) throw leadErrors.notFound(merge.survivorId);
      const unchanged = Object.entries(merge.changes).filter(
        ([property, { to }]) => JSON.stringify(survivor[property as keyof Lead]) === JSON.stringify(to),
      );
      const before = Object.fromEntries(unchanged.map(([property, { from }]) => [property, from]));
      const edit = { ...correction(before as Partial<Lead>, actor.id), reason: 'Merge undone' };
      const saved = await this.writer.apply(tx, survivor, edit, origin);
      await this.merges.returnActivities(tx, merge.activities);
      for (const id of merge.mergedIds) {
        const lead = await this.single.lockDeletedById(tx, id);
        if (!lead?.deletedAt) continue;
        const back = restoration(actor.id);
        const restored = {
          ...back,
          wanted: () => ({ ...back.wanted(lead), mergedIntoId: null }),
          reason: 'Merge undone',
        };
        await this.tellMoves(
          tx,
          actor,
          await this.writer.apply(tx, lead, restored, origin),
          merge.activities[id] ?? [],
        );
      }
      await this.duplicates.decide(tx, [merge.survivorId, ...merge.mergedIds], 'open', actor.id);
      const subject = { type: 'lead', id: merge.survivorId };
      const details = { merge_id: mergeId };
      await this.audit.record(tx, { action: AuditAction.MERGE_UNDONE, actor, subject, details });
      return toLeadResponse(saved);
    });
  }

  /** Points and reports are counted by lead: each activity that moved is looked at again. */
  private async tellMoves(tx: Transaction, actor: Actor, lead: Lead, activityIds: number[]): Promise<void> {
    await this.outbox.append(
      tx,
      ...activityIds.map((activityId) => ({
        type: 'activity.updated',
        payload: { activityId },
        actorId: actor.id,
        leadId: lead.id,
        leadVersion: lead.version,
      })),
    );
  }
}

/** Of what is not chosen the survivor's own value counts, and where it has none the first that another has. */
function chosenFields(
  survivor: Lead,
  others: Lead[],
  byId: ReadonlyMap<number, Lead>,
  choices: Partial<Record<MergeField, number>>,
): Partial<Lead> {
  const wanted: Partial<Lead> = {};
  for (const field of MERGE_FIELDS) {
    const property = propertyOf(field);
    const choice = choices[field];
    const chosen = choice === undefined ? undefined : byId.get(choice);
    if (choice !== undefined && !chosen) throw duplicateErrors.choiceElsewhere(field);
    const first = others.find((lead) => lead[property] !== null)?.[property];
    Object.assign(wanted, { [property]: chosen ? chosen[property] : (survivor[property] ?? first ?? null) });
  }
  return wanted;
}
