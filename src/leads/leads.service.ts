import { Injectable } from '@nestjs/common';
import { validationProblem } from '../common/problem.js';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { ChangeSource, LeadSource, LeadStatus, UserRole } from '../enums/index.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { CreateLeadDto } from './dto/create-lead.dto.js';
import { LeadResponse } from './dto/lead.response.js';
import { propertiesSetBy, UpdateLeadDto } from './dto/update-lead.dto.js';
import { Lead } from './lead.entity.js';
import { leadErrors } from './lead.errors.js';
import { leadCreated } from './lead.events.js';
import { toLeadResponse } from './lead.mapper.js';
import { assertMayEdit, assertMaySee } from './lead.policy.js';
import { changeOfStatus, contactBan, correction, deletion, LeadEdit, restoration } from './lead-edit.js';
import { LeadStagesRepository } from './lead-stages.repository.js';
import { EditOrigin, LeadWriter } from './lead-writer.js';
import { isNpiConflict, LeadsRepository } from './leads.repository.js';
import { findMissingIdentity, newLead } from './new-lead.js';
import { ScoringRulesRepository } from './scoring/scoring-rules.repository.js';
import { StatusWarning, warningsOf } from './status-graph.js';

/**
 * Edits single leads. What follows from an edit happens in outbox consumers. Six dependencies: a new lead is scored, a moved
 * one has its stages.
 */
@Injectable()
export class LeadsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly leads: LeadsRepository,
    private readonly outbox: Outbox,
    private readonly writer: LeadWriter,
    private readonly stages: LeadStagesRepository,
    private readonly scoring: ScoringRulesRepository,
  ) {}

  async get(actor: Actor, id: number): Promise<LeadResponse> {
    const lead = await this.leads.findById(id);
    if (!lead) throw leadErrors.notFound(id);
    assertMaySee(actor, lead);
    return toLeadResponse(lead);
  }

  /** The lead, or where it went. @throws Problem 308 when it was merged into another */
  async follow(actor: Actor, id: number): Promise<LeadResponse> {
    const survivor = await this.leads.findSurvivorId(id);
    if (survivor !== null) throw leadErrors.merged(id, survivor);
    return this.get(actor, id);
  }

  /**
   * @param versions those the client accepts to change; undefined accepts any
   * @throws Problem 400 nothing to update, 403 not theirs, 404 absent, 409 NPI taken, 412 other version
   */
  async update(
    actor: Actor,
    id: number,
    dto: UpdateLeadDto,
    versions: number[] | undefined,
  ): Promise<LeadResponse> {
    const wanted = propertiesSetBy(dto);
    if (Object.keys(wanted).length === 0) throw leadErrors.nothingToUpdate();
    const accepted = versions ?? (dto.version === undefined ? undefined : [dto.version]);
    try {
      return await this.transactions.run(async (tx) => {
        const lead = await this.lockForEdit(tx, actor, id);
        if (accepted && !accepted.includes(lead.version)) throw leadErrors.staleVersion(lead.version);

        return toLeadResponse(await this.writer.apply(tx, lead, correction(wanted, actor.id), byApi(actor)));
      });
    } catch (error) {
      throw await this.named(error, wanted.npi);
    }
  }

  /** A new lead is the agent's who enters it; what a manager or admin enters waits for distribution. */
  async create(tx: Transaction, actor: Actor, dto: CreateLeadDto): Promise<LeadResponse> {
    const missing = findMissingIdentity(dto);
    if (missing) throw validationProblem([missing]);
    const ownerId = actor.role === UserRole.AGENT ? actor.id : null;
    const draft = newLead(dto, LeadSource.MANUAL_ENTRY, ownerId, await this.scoring.inForce(tx));
    const lead = await this.leads.insert(tx, draft);
    if (!lead) {
      const npi = draft.npi ?? '';
      throw leadErrors.duplicateNpi(npi, (await this.leads.findIdByNpi(npi, tx)) ?? 0);
    }
    await this.outbox.append(tx, leadCreated(lead, actor.id));
    return toLeadResponse(lead);
  }

  /**
   * Moves a lead. What the status graph has against it is kept with the stage, not refused: the first version's client
   * moves leads as it likes.
   *
   * @param dealValue US dollars, of a won deal
   */
  changeStatus(
    actor: Actor,
    id: number,
    status: LeadStatus,
    reason: string | null,
    dealValue: number | null = null,
  ): Promise<{ lead: LeadResponse; warnings: StatusWarning[] }> {
    return this.transactions.run(async (tx) => {
      const lead = await this.lockForEdit(tx, actor, id);
      const edit = changeOfStatus(status, reason, actor.id);
      const saved = await this.writer.apply(tx, lead, edit, byApi(actor));
      if (saved === lead) return { lead: toLeadResponse(lead), warnings: [] };
      const warnings = warningsOf({ from: lead.status, to: status, role: actor.role, reason, dealValue });
      await this.stages.note(tx, [{ leadId: id, reason: edit.reason ?? null, warnings, dealValue }]);
      return { lead: toLeadResponse(saved), warnings };
    });
  }

  /** @throws Problem 403 not theirs, 404 absent */
  setDoNotContact(actor: Actor, id: number, isClosed: boolean, reason: string | null): Promise<LeadResponse> {
    return this.transactions.run((tx) => this.edit(tx, actor, id, contactBan(isClosed, reason, actor.id)));
  }

  async delete(actor: Actor, id: number): Promise<void> {
    await this.transactions.run((tx) => this.edit(tx, actor, id, deletion(actor.id)));
  }

  async restore(actor: Actor, id: number): Promise<LeadResponse> {
    let npi: string | null | undefined;
    try {
      return await this.transactions.run(async (tx) => {
        const lead = await this.leads.lockDeletedById(tx, id);
        if (!lead) throw leadErrors.notFound(id);
        if (lead.deletedAt === null) throw leadErrors.notDeleted(id);
        npi = lead.npi;
        return toLeadResponse(await this.writer.apply(tx, lead, restoration(actor.id), byApi(actor)));
      });
    } catch (error) {
      throw await this.named(error, npi);
    }
  }

  private async edit(tx: Transaction, actor: Actor, id: number, edit: LeadEdit): Promise<LeadResponse> {
    const lead = await this.lockForEdit(tx, actor, id);
    return toLeadResponse(await this.writer.apply(tx, lead, edit, byApi(actor)));
  }

  private async lockForEdit(tx: Transaction, actor: Actor, id: number): Promise<Lead> {
    const lead = await this.leads.lockById(tx, id);
    if (!lead) throw leadErrors.notFound(id);
    assertMayEdit(actor, lead);
    return lead;
  }

  /** The transaction is over when this looks for the lead that has the NPI; it may be gone again by then. */
  private async named(error: unknown, npi: string | null | undefined): Promise<unknown> {
    if (!isNpiConflict(error) || !npi) return error;
    return leadErrors.duplicateNpi(npi, (await this.leads.findIdByNpi(npi)) ?? 0);
  }
}

const byApi = (actor: Actor): EditOrigin => ({ actorId: actor.id, source: ChangeSource.API });
