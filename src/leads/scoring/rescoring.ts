import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../../database/transaction-runner.js';
import { ChangeSource } from '../../enums/index.js';
import { Jobs } from '../../jobs/jobs.js';
import { Outbox } from '../../outbox/outbox.js';
import { priorityOfScore, type ScoringVersion, scoreLead } from '../fields/scoring.js';
import { Lead } from '../lead.entity.js';
import { LeadBulkRepository } from '../lead-bulk.repository.js';
import { changesOf } from '../lead-change.js';
import { RescoringRepository } from './rescoring.repository.js';
import { ScoringRulesRepository } from './scoring-rules.repository.js';

/** The job that scores the leads by a version that was put into force; its data names which. */
export const RESCORE_LEADS = 'rescore-leads';
/** A chunk holds its leads locked: about a second at most. */
const LEADS_AT_ONCE = 1_000;

/**
 * Scores leads anew by the rules in force, chunk by chunk, each in its own transaction with its history, its fact and its
 * place: one that is cut off goes on after its last chunk. Six dependencies: rules, leads, place and fact meet here.
 */
@Injectable()
export class Rescoring {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly rules: ScoringRulesRepository,
    private readonly rescoring: RescoringRepository,
    private readonly leads: LeadBulkRepository,
    private readonly outbox: Outbox,
    jobs: Jobs,
  ) {
    jobs.register<{ version: number }>({
      name: RESCORE_LEADS,
      expiresAfter: 4 * 3_600,
      retries: 5,
      handle: ({ version }) => this.run(version),
    });
  }

  /** Ends early when another version is put into force: that one looks at all leads itself. */
  async run(version: number): Promise<void> {
    while (await this.transactions.run((tx) => this.next(tx, version)));
  }

  /** Scores these as the rules in force say, whatever was done to their fields; who was given a score by hand keeps it. */
  async scoreAgain(tx: Transaction, ids: number[]): Promise<void> {
    if (ids.length === 0) return;
    const scoring = await this.rules.inForce(tx);
    await this.score(tx, await this.rescoring.lockScored(tx, ids), scoring);
  }

  /** @returns whether there may be more */
  private async next(tx: Transaction, version: number): Promise<boolean> {
    const scoring = await this.rules.inForce(tx);
    const after = scoring.version === version ? await this.rescoring.place(tx, version) : undefined;
    if (after === undefined) return false;
    await tx.query('SET LOCAL statement_timeout = 0');
    const leads = await this.rescoring.lockNext(tx, version, after, LEADS_AT_ONCE);
    const changed = await this.score(tx, leads, scoring);
    const isLast = leads.length < LEADS_AT_ONCE;
    const through = leads.at(-1)?.id ?? after;
    await this.rescoring.advance(tx, version, { through, lookedAt: leads.length, changed, isLast });
    return !isLast;
  }

  private async score(tx: Transaction, leads: Lead[], scoring: ScoringVersion): Promise<number> {
    const { version } = scoring;
    const looked = leads.map((lead) => ({ id: lead.id, lead, scored: scoreLead(lead, scoring) }));
    const edits = looked.flatMap(({ lead, scored: { score, breakdown } }) => {
      const wanted = { score, priority: priorityOfScore(score, scoring) };
      if (changesOf(lead, wanted).length === 0) return [];
      return [
        {
          lead,
          changes: changesOf(lead, { ...wanted, scoringBreakdown: breakdown, scoringVersion: version }),
        },
      ];
    });
    const reason = `Scoring version ${version}`;
    const saved = await this.leads.saveWithHistory(tx, edits, {
      actorId: null,
      source: ChangeSource.SCORING,
      reason,
    });
    await this.rescoring.note(
      tx,
      version,
      looked.filter(({ id }) => !saved.has(id)),
    );
    if (saved.size > 0)
      await this.outbox.append(tx, {
        type: 'leads.rescored',
        actorId: null,
        payload: { version, updatedIds: [...saved.keys()] },
      });
    return saved.size;
  }
}
