import { Injectable } from '@nestjs/common';
import { validateRow } from '../common/validation.pipe.js';
import { Transaction } from '../database/transaction-runner.js';
import { LeadSource } from '../enums/index.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { BulkCreateResponse, DuplicateRow, FailedRow } from './dto/bulk-create.dto.js';
import { CreateLeadDto } from './dto/create-lead.dto.js';
import { Lead } from './lead.entity.js';
import { leadCreated } from './lead.events.js';
import { toLeadResponse } from './lead.mapper.js';
import { LeadBulkRepository } from './lead-bulk.repository.js';
import { findMissingIdentity, newLead } from './new-lead.js';
import { ScoringRulesRepository } from './scoring/scoring-rules.repository.js';

interface Candidate {
  index: number;
  lead: Partial<Lead>;
}

/** Enters many leads at once: each row stands for itself, the valid ones are entered together. */
@Injectable()
export class BulkCreateService {
  constructor(
    private readonly leads: LeadBulkRepository,
    private readonly outbox: Outbox,
    private readonly scoring: ScoringRulesRepository,
  ) {}

  async create(tx: Transaction, actor: Actor, rows: unknown[]): Promise<BulkCreateResponse> {
    const failed: FailedRow[] = [];
    const candidates: Candidate[] = [];
    const scoring = await this.scoring.inForce(tx);
    for (const [index, value] of rows.entries()) {
      const checked = await validateRow(CreateLeadDto, value);
      const missing = 'row' in checked ? findMissingIdentity(checked.row) : undefined;
      if ('errors' in checked) failed.push({ index, errors: checked.errors });
      else if (missing) failed.push({ index, errors: [missing] });
      else candidates.push({ index, lead: newLead(checked.row, LeadSource.API_MANUAL_ENTRY, null, scoring) });
    }
    const firstOfEach = firstOfEachNpi(candidates);
    const inserted = await this.leads.insertMany(
      tx,
      firstOfEach.map(({ lead }) => lead),
    );
    await this.outbox.append(
      tx,
      ...inserted.filter((lead) => lead !== undefined).map((lead) => leadCreated(lead, actor.id)),
    );

    const created = firstOfEach.flatMap(({ index }, position) => {
      const lead = inserted[position];
      return lead ? [{ index, ...toLeadResponse(lead) }] : [];
    });
    const isCreated = new Set(created.map(({ index }) => index));
    const duplicates = await this.duplicatesOf(
      tx,
      candidates.filter(({ index }) => !isCreated.has(index)),
    );
    return {
      summary: {
        total_submitted: rows.length,
        created: created.length,
        failed: failed.length,
        duplicates: duplicates.length,
      },
      created_leads: created,
      failed_leads: failed,
      duplicate_npis: duplicates,
    };
  }

  private async duplicatesOf(tx: Transaction, candidates: Candidate[]): Promise<DuplicateRow[]> {
    const npiOf = ({ lead }: Candidate): string => lead.npi ?? '';
    const owners = await this.leads.findIdsByNpi(tx, candidates.map(npiOf));
    return candidates.map((candidate) => ({
      index: candidate.index,
      npi: npiOf(candidate),
      lead_id: owners.get(npiOf(candidate)) ?? 0,
    }));
  }
}

function firstOfEachNpi(candidates: Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ lead: { npi } }) => {
    if (!npi) return true;
    const isFirst = !seen.has(npi);
    seen.add(npi);
    return isFirst;
  });
}
