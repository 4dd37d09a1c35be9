import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, invalidCursor } from '../../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../../common/page.query.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { Jobs } from '../../jobs/jobs.js';
import { leadErrors } from '../../leads/lead.errors.js';
import { toLeadResponse } from '../../leads/lead.mapper.js';
import { assertMaySee, maySee } from '../../leads/lead.policy.js';
import { LeadBulkRepository } from '../../leads/lead-bulk.repository.js';
import { Actor } from '../../users/actor.js';
import { CheckResponse, PairsQuery, PairsResponse } from './dto/duplicates.dto.js';
import { duplicateErrors } from './duplicates.errors.js';
import { Candidate, DuplicatesRepository, LikelyLead, PairPlace } from './duplicates.repository.js';

/** Job that looks for pairs. */
export const FIND_DUPLICATES = 'find-duplicates';
const LEADS_AT_ONCE = 1_000;
const MOST_LIKELY = 10;

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
    return seenBy(actor, await this.duplicates.likelyOf(candidate, MOST_LIKELY));
  }

  /** The same of a lead that is there. @throws Problem 404 */
  async ofLead(actor: Actor, leadId: number): Promise<CheckResponse> {
    const [lead] = await this.leads.findByIds([leadId]);
    if (!lead) throw leadErrors.notFound(leadId);
    assertMaySee(actor, lead);
    return seenBy(actor, await this.duplicates.likelyOfLead(leadId, MOST_LIKELY));
  }

  async open(query: PairsQuery): Promise<PairsResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const found = await this.duplicates.open(limit + 1, query.cursor ? placeOf(query.cursor) : undefined);
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    const ids = new Set(shown.flatMap(({ leadId, otherId }) => [leadId, otherId]));
    const leads = await this.leads.findByIds([...ids]);
    const byId = new Map(leads.map((lead) => [lead.id, toLeadResponse(lead)]));
    const pairs = shown.map(({ leadId, otherId, score, reasons }) => ({
      score,
      reasons,
      leads: [leadId, otherId].flatMap((id) => byId.get(id) ?? []),
    }));
    const next = last && { score: last.score, leadId: last.leadId, otherId: last.otherId };
    // A lead may be deleted between the two statements.
    return {
      pairs: pairs.filter((pair) => pair.leads.length === 2),
      next_cursor: next ? encodeCursor(next) : null,
    };
  }

  /** @throws Problem 404 when nothing speaks for it that they are one */
  async dismiss(actor: Actor, ids: number[]): Promise<void> {
    const isKept = await this.transactions.run((tx) => this.duplicates.dismiss(tx, ordered(ids), actor.id));
    if (!isKept) throw duplicateErrors.pairNotFound();
  }

  /** Takes a dismissal back. @throws Problem 404 when there is none */
  async reopen(ids: number[]): Promise<void> {
    const isOpen = await this.transactions.run((tx) => this.duplicates.reopen(tx, ordered(ids)));
    if (!isOpen) throw duplicateErrors.pairNotDismissed();
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

function seenBy(actor: Actor, likely: LikelyLead[]): CheckResponse {
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

function ordered(ids: number[]): [number, number] {
  const [first = 0, second = 0] = ids;
  return [Math.min(first, second), Math.max(first, second)];
}

function placeOf(cursor: string): PairPlace {
  const { score, leadId, otherId } = decodeCursor(cursor);
  if (!isId(score) || !isId(leadId) || !isId(otherId)) throw invalidCursor();
  return { score, leadId, otherId };
}

const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 2_147_483_647;
