import { Injectable, OnModuleInit } from '@nestjs/common';
import { Env } from '../config/env.js';
import type { Transaction } from '../database/transaction-runner.js';
import { INACTIVE_LEAD_STATUSES, LeadStatus } from '../enums/index.js';
import { ClosingFollowUp } from '../leads/closing-follow-up.js';
import { OnOutboxEvent } from '../outbox/on-outbox-event.decorator.js';
import type { OutboxFact } from '../outbox/outbox-fact.js';
import { Assigner } from './assigner.js';
import { DistributionService } from './distribution.service.js';
import { FiguresService } from './figures.service.js';

/** Leads that one top-up looks at: enough for an agent whose rules take few of them. */
const LOOK_AT = 1_000;

/** Gives leads out at once: when they come, and when an agent closed one. */
@Injectable()
export class DistributeWhenLeadsChange implements OnModuleInit {
  constructor(
    private readonly env: Env,
    private readonly assigner: Assigner,
    private readonly distribution: DistributionService,
    private readonly figures: FiguresService,
    private readonly closing: ClosingFollowUp,
  ) {}

  onModuleInit(): void {
    if (!this.env.AUTO_DISTRIBUTION) return;
    this.closing.register(async (agentId) => ({
      isToppedUp: (await this.distribution.topUp(agentId)) > 0,
      agentStats: { ...(await this.figures.statsOf(agentId)) },
    }));
  }

  @OnOutboxEvent('lead.created', { consumer: 'assign-leads-when-they-come', batch: true })
  async assignNewLeads(tx: Transaction, facts: OutboxFact[]): Promise<void> {
    if (!this.env.AUTO_DISTRIBUTION) return;
    const leadIds = facts.flatMap(({ leadId, payload }) =>
      leadId !== null && payload['assignedUserId'] == null ? [leadId] : [],
    );
    if (leadIds.length > 0) await this.assigner.assignIn(tx, { leadIds, limit: leadIds.length });
  }

  /** The answer to the closing has mostly done it already; this is for other ways to close, and for crashes in between. */
  @OnOutboxEvent('lead.status_changed', { consumer: 'top-up-agent-when-lead-closes' })
  async topUp(tx: Transaction, { payload }: OutboxFact): Promise<void> {
    const agentId = payload['assignedUserId'];
    if (!this.env.AUTO_DISTRIBUTION || typeof agentId !== 'number') return;
    if (INACTIVE_LEAD_STATUSES.includes(payload['to'] as LeadStatus))
      await this.assigner.assignIn(tx, { agentIds: [agentId], limit: LOOK_AT });
  }
}
