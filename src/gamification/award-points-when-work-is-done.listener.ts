import { Injectable } from '@nestjs/common';
import { Transaction } from '../database/transaction-runner.js';
import { OnOutboxEvent } from '../outbox/on-outbox-event.decorator.js';
import { OutboxFact } from '../outbox/outbox-fact.js';
import { PointLedgerRepository } from './point-ledger.repository.js';
import { Scorekeeper } from './scorekeeper.js';

/** Facts after which every activity of the lead counts, or none does any more. */
const LEAD_CAME_OR_WENT: readonly string[] = ['lead.deleted', 'lead.restored'];

/** Keeps points and figures: each fact only says where to look, so that order and repeats do not matter. */
@Injectable()
export class AwardPointsWhenWorkIsDone {
  constructor(
    private readonly scorekeeper: Scorekeeper,
    private readonly ledger: PointLedgerRepository,
  ) {}

  @OnOutboxEvent(
    'activity.created',
    'activity.updated',
    'activity.completed',
    'activity.undone',
    'lead.created',
    'lead.status_changed',
    'lead.assigned',
    'lead.unassigned',
    'lead.recycled',
    'lead.deleted',
    'lead.restored',
    'user.created',
    'user.updated',
    'user.activated',
    'user.deactivated',
    { consumer: 'award-points-when-work-is-done', batch: true, from: 'beginning' },
  )
  async award(tx: Transaction, facts: OutboxFact[]): Promise<void> {
    const leadIds = unique(facts.map(({ leadId }) => leadId));
    const cameOrWent = unique(
      facts.map(({ type, leadId }) => (LEAD_CAME_OR_WENT.includes(type) ? leadId : null)),
    );
    const ofLeads = cameOrWent.length > 0 ? await this.ledger.activitiesOf(tx, cameOrWent) : [];
    const logged = facts.map(({ payload }) => payload['activityId'] as number | undefined);
    await this.scorekeeper.settle(tx, { leadIds, activityIds: unique([...logged, ...ofLeads]) });
  }
}

const unique = (ids: (number | null | undefined)[]): number[] => [
  ...new Set(ids.filter((id) => id !== null && id !== undefined)),
];
