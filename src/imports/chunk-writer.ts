import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { Lead } from '../leads/lead.entity.js';
import { LeadBulkRepository } from '../leads/lead-bulk.repository.js';
import { LeadChange, withoutOldRepairs } from '../leads/lead-change.js';
import { LeadIntakeRepository } from '../leads/lead-intake.repository.js';
import { ScoringRulesRepository } from '../leads/scoring/scoring-rules.repository.js';
import { Outbox } from '../outbox/outbox.js';
import { changeSourceOf, changesByDraft, fingerprintOf, newLeadOf, repairsOf } from './draft-to-lead.js';
import { Import } from './import.entity.js';
import { leadsImported } from './import.events.js';
import { DuplicateAction } from './import-options.js';
import { AskedRow } from './import-rows.repository.js';
import { ImportedRowsRepository } from './imported-rows.repository.js';
import { LeadDraft } from './rows/lead-draft.js';

/** A row that makes or changes a lead. */
export interface DraftRow {
  line: number;
  draft: LeadDraft;
}

export interface Written {
  createdIds: number[];
  updatedIds: number[];
  unchanged: number;
  repaired: number;
  asked: AskedRow[];
}

interface Fresh {
  row: DraftRow;
  /** Of rows without an NPI. */
  print: string | null;
}

interface Matched extends DraftRow {
  leadId: number;
  by: string;
}

/** Makes leads of drafts, set by set; what is there already is changed as the import's options say. */
@Injectable()
export class ChunkWriter {
  constructor(
    private readonly intake: LeadIntakeRepository,
    private readonly leads: LeadBulkRepository,
    private readonly importedRows: ImportedRowsRepository,
    private readonly outbox: Outbox,
    private readonly scoring: ScoringRulesRepository,
  ) {}

  /** @param duplicates instead of what the import's options say */
  async write(
    tx: Transaction,
    entry: Import,
    rows: DraftRow[],
    duplicates: DuplicateAction | 'create' = entry.options.duplicates,
  ): Promise<Written> {
    const written: Written = { createdIds: [], updatedIds: [], unchanged: 0, repaired: 0, asked: [] };
    let left = rows;
    // Rows about a lead that another row of the set makes are looked at again when it is there.
    while (left.length > 0) left = await this.writeSome(tx, entry, left, duplicates, written);
    const { createdIds, updatedIds } = written;
    if (createdIds.length + updatedIds.length > 0) {
      const isHeld = entry.options.hold && !entry.isReleased;
      await this.outbox.append(
        tx,
        leadsImported(entry.id, entry.createdById, { createdIds, updatedIds, isHeld }),
      );
    }
    return written;
  }

  /** @returns rows that may be about a lead that was just made */
  private async writeSome(
    tx: Transaction,
    entry: Import,
    rows: DraftRow[],
    duplicates: DuplicateAction | 'create',
    written: Written,
  ): Promise<DraftRow[]> {
    const prints = rows.map(({ draft }) => (draft.npi === null ? fingerprintOf(draft) : null));
    const known = await this.importedRows.lockKnown(
      tx,
      prints.filter((print) => print !== null),
    );
    const keys = rows.map(({ draft }) => draft);
    const matches = await this.intake.recognise(tx, keys, entry.kind === 'nppes' || duplicates === 'create');
    const unknown: Fresh[] = [];
    const matched: Matched[] = [];
    for (const [place, row] of rows.entries()) {
      const print = prints[place] ?? null;
      const match = matches[place];
      if (print !== null && known.has(print)) written.unchanged += 1;
      else if (match) matched.push({ ...row, leadId: match.id, by: match.by });
      else unknown.push({ row, print });
    }
    const { now, later } = apart(unknown, entry.kind === 'nppes' || duplicates === 'create');
    await this.create(tx, entry, now, written);
    await this.change(tx, entry, matched, duplicates === 'create' ? 'skip' : duplicates, written);
    return later;
  }

  private async create(tx: Transaction, entry: Import, fresh: Fresh[], written: Written): Promise<void> {
    if (fresh.length === 0) return;
    const isHeld = entry.options.hold && !entry.isReleased;
    const scoring = await this.scoring.inForce(tx);
    const ids = await this.intake.insert(
      tx,
      fresh.map(({ row }) => newLeadOf(row.draft, isHeld, scoring)),
    );
    const prints: { fingerprint: string; leadId: number }[] = [];
    for (const [place, { row, print }] of fresh.entries()) {
      const id = ids[place];
      // Somebody else entered its NPI in this very moment.
      if (id === undefined) written.unchanged += 1;
      else {
        written.createdIds.push(id);
        if (row.draft.repairs.length > 0) written.repaired += 1;
        if (print !== null) prints.push({ fingerprint: print, leadId: id });
      }
    }
    await this.importedRows.record(tx, prints);
  }

  private async change(
    tx: Transaction,
    entry: Import,
    matched: Matched[],
    duplicates: DuplicateAction,
    written: Written,
  ): Promise<void> {
    if (duplicates === 'ask') {
      written.asked.push(
        ...matched.map(({ line, draft, leadId, by }) => ({ line, draft, leadId, matchedBy: by })),
      );
      return;
    }
    if (duplicates === 'skip' || matched.length === 0) {
      written.unchanged += matched.length;
      return;
    }
    const ids = [...new Set(matched.map(({ leadId }) => leadId))];
    const byId = new Map((await this.leads.lockByIds(tx, ids)).map((lead) => [lead.id, lead]));
    const ofPeople = entry.kind === 'nppes' ? await this.intake.fieldsOfPeople(tx, ids) : new Map();
    const scoring = await this.scoring.inForce(tx);
    const edits: { lead: Lead; changes: LeadChange[] }[] = [];
    written.unchanged += matched.length - ids.length;
    for (const [leadId, draft] of draftsByLead(matched, duplicates)) {
      const lead = byId.get(leadId);
      const told = lead && entry.kind === 'nppes' ? withoutFewerProviders(lead, draft) : draft;
      const changes = lead ? changesByDraft(lead, told, duplicates, scoring, ofPeople.get(leadId)) : [];
      if (lead && changes.length > 0) edits.push({ lead, changes: withRepairs(lead, changes, draft) });
      else written.unchanged += 1;
    }
    const saved = await this.leads.saveWithHistory(tx, edits, {
      actorId: entry.createdById,
      source: changeSourceOf(entry.kind),
      reason: reasonOf(entry),
    });
    written.updatedIds.push(...saved.keys());
  }
}

/** By it the changes of an import are found again when it is undone. */
export const reasonOf = ({ id }: Pick<Import, 'id'>): string => `Import ${id}`;

/** The registry's weekly files have only who changed: how many work somewhere is known from files that have more of them. */
function withoutFewerProviders(lead: Lead, draft: LeadDraft): LeadDraft {
  return (draft.providers ?? 0) < (lead.providers ?? 0) ? { ...draft, providers: null } : draft;
}

function withRepairs(lead: Lead, changes: LeadChange[], draft: LeadDraft): LeadChange[] {
  const all = withoutOldRepairs(lead, changes);
  const left =
    (all.find(({ property }) => property === 'repairs')?.to as string[] | null | undefined) ?? null;
  const changed = new Set(
    changes.map(({ property }) => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
  );
  const added = (repairsOf(draft) ?? []).filter((repair) => changed.has(repair.split(':')[0] ?? ''));
  if (added.length === 0) return all;
  const kept = all.some(({ property }) => property === 'repairs') ? left : lead.repairs;
  const to = [...new Set([...(kept ?? []), ...added])];
  return [...changes, { property: 'repairs', from: lead.repairs, to }];
}

/** Several rows about one lead are one: of what they say differently the last counts, or the first when filling. */
function draftsByLead(matched: Matched[], how: 'fill' | 'overwrite'): Map<number, LeadDraft> {
  const drafts = new Map<number, LeadDraft>();
  for (const { leadId, draft } of matched) {
    const other = drafts.get(leadId);
    if (!other) drafts.set(leadId, draft);
    else
      drafts.set(
        leadId,
        how === 'overwrite' ? { ...other, ...filled(draft) } : { ...draft, ...filled(other) },
      );
  }
  return drafts;
}

const filled = (draft: LeadDraft): Partial<LeadDraft> =>
  Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== null));

/** Rows that share nothing by which leads are recognised, and those that share it with one of them. */
function apart(rows: Fresh[], isOnlyByNpi: boolean): { now: Fresh[]; later: DraftRow[] } {
  const own = new Set<string>();
  /** By EIN or telephone, and whether one of them has no NPI: two different NPIs are two leads whatever they share. */
  const shared = new Map<string, boolean>();
  const now: Fresh[] = [];
  const later: DraftRow[] = [];
  for (const fresh of rows) {
    const { npi, ein, practicePhone, zipCode } = fresh.row.draft;
    const key = npi ?? fresh.print ?? '';
    const keys = isOnlyByNpi ? [] : [ein, practicePhone && zipCode && practicePhone + zipCode.slice(0, 5)];
    const isSeen = keys.some((other) => other && (npi === null ? shared.has(other) : shared.get(other)));
    if (own.has(key) || isSeen) {
      later.push(fresh.row);
      continue;
    }
    now.push(fresh);
    own.add(key);
    for (const other of keys) if (other) shared.set(other, npi === null || shared.get(other) === true);
  }
  return { now, later };
}
