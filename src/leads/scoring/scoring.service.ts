import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.repository.js';
import { Transaction, TransactionRunner } from '../../database/transaction-runner.js';
import { AuditAction } from '../../enums/index.js';
import { Jobs } from '../../jobs/jobs.js';
import { Outbox } from '../../outbox/outbox.js';
import { Actor } from '../../users/actor.js';
import { NewRuleSetDto, RuleSetResponse } from './dto/scoring.dto.js';
import { RESCORE_LEADS } from './rescoring.js';
import { scoringErrors } from './scoring.errors.js';
import { ScoringRulesRepository } from './scoring-rules.repository.js';

/** Versions of the rules by which leads are scored: drafted, and put into force for all leads. */
@Injectable()
export class ScoringService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly rules: ScoringRulesRepository,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** The newest first. */
  list(): Promise<RuleSetResponse[]> {
    return this.rules.list();
  }

  draft(actor: Actor, { rules, note }: NewRuleSetDto): Promise<RuleSetResponse> {
    return this.transactions.run(async (tx) => {
      const version = await this.rules.insert(tx, rules, note?.trim() || null, actor.id);
      await this.record(tx, actor, version, 'drafted');
      return this.get(tx, version);
    });
  }

  /** An older version too. The leads follow in the background. @throws Problem 404, 409 when it is in force */
  activate(actor: Actor, version: number): Promise<RuleSetResponse> {
    return this.transactions.run(async (tx) => {
      await this.get(tx, version);
      if (!(await this.rules.activate(tx, version, actor.id))) throw scoringErrors.activeAlready(version);
      await this.record(tx, actor, version, 'activated');
      await this.outbox.append(tx, { type: 'scoring.activated', actorId: actor.id, payload: { version } });
      await this.jobs.send(tx, RESCORE_LEADS, { version }, String(version));
      return this.get(tx, version);
    });
  }

  private async get(tx: Transaction, version: number): Promise<RuleSetResponse> {
    const found = await this.rules.find(tx, version);
    if (!found) throw scoringErrors.notFound(version);
    return found;
  }

  private record(tx: Transaction, actor: Actor, version: number, change: string): Promise<void> {
    const subject = { type: 'scoring', id: version };
    return this.audit.record(tx, {
      action: AuditAction.SCORING_CHANGED,
      actor,
      subject,
      details: { change },
    });
  }
}
