import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { Jobs } from '../../jobs/jobs.js';
import { toLeadResponse } from '../../leads/lead.mapper.js';
import { maySee } from '../../leads/lead.policy.js';
import { LeadBulkRepository } from '../../leads/lead-bulk.repository.js';
import { Actor } from '../../users/actor.js';
import { CheckResponse, PairResponse } from './dto/duplicates.dto.js';
import { duplicateErrors } from './duplicates.errors.js';
import { Candidate, DuplicatesRepository } from './duplicates.repository.js';

/** Job that looks for pairs. */
export const FIND_DUPLICATES = 'find-duplicates';
const LEADS_AT_ONCE = 1_000;
const SHOWN = 50;

/** Finds leads that may be one practice, and keeps what somebody decided about them. */
@Injectable()
export class DuplicatesService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly duplicates: DuplicatesRepository,
    private readonly leads: LeadBulkRepository,
    private readonly jobs: Jobs,
  ) {
    jobs.register({
      name: FIND_DUPLICATES,
      isSingle: true,
      expiresAfter: 4 * 3_600,
      retries: 1,
      handle: () => this.scan(),
    });
  }

  /** Of leads that the caller may not see, only how many there are. */
  async check(actor: Actor, candidate: Candidate): Promise<CheckResponse> {
    const likely = await this.duplicates.likelyOf(candidate, 10);
    const seen = likely.filter((lead) => maySee(actor, lead));
    return {
      leads: seen.map(({ id, practiceName, score, reasons }) => ({
        id,
        practice_name: practiceName,
        score,
        reasons,
      })),
      others: likely.length - seen.length,
    };
  }

  async open(): Promise<PairResponse[]> {
    const pairs = await this.duplicates.open(SHOWN);
    const ids = pairs.flatMap(({ leadId, otherId }) => [leadId, otherId]);
    const leads = await this.transactions.run((tx) => this.leads.lockByIds(tx, ids));
    const byId = new Map(leads.map((lead) => [lead.id, toLeadResponse(lead)]));
    return pairs.map(({ leadId, otherId, score, reasons }) => ({
      score,
      reasons,
      leads: [leadId, otherId].flatMap((id) => byId.get(id) ?? []),
    }));
  }

  async dismiss(actor: Actor, ids: number[]): Promise<void> {
    if ((await this.duplicates.decide(undefined, ids, 'dismissed', actor.id)) === 0)
      throw duplicateErrors.pairNotFound();
  }

  async requestScan(): Promise<void> {
    await this.transactions.run((tx) => this.jobs.send(tx, FIND_DUPLICATES, {}, 'all'));
  }

  /** Through all leads, a thousand at a time. */
  async scan(): Promise<void> {
    for (let after: number | undefined = 0; after !== undefined; ) {
      const from: number = after;
      after = await this.transactions.run(async (tx) => {
        await tx.query('SET LOCAL statement_timeout = 0');
        return this.duplicates.scan(tx, from, LEADS_AT_ONCE);
      });
    }
  }
}
