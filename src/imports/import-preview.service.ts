import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import type { ScoringVersion } from '../leads/fields/scoring.js';
import { LeadIntakeRepository } from '../leads/lead-intake.repository.js';
import { ScoringRulesRepository } from '../leads/scoring/scoring-rules.repository.js';
import { newLeadOf } from './draft-to-lead.js';
import { ImportPreviewResponse } from './dto/import.response.js';
import { FileStore } from './file-store.js';
import { Import } from './import.entity.js';
import { importErrors } from './import.errors.js';
import { rowReader } from './read-import.js';
import { LeadFileError } from './reading/file.errors.js';
import { readRows, SourceRow } from './reading/source-rows.js';
import { RowReading } from './rows/lead-draft.js';

const LOOKED_AT = 1_000;

/** Shows what would become of the first rows, and writes nothing. */
@Injectable()
export class ImportPreview {
  constructor(
    private readonly files: FileStore,
    private readonly intake: LeadIntakeRepository,
    private readonly transactions: TransactionRunner,
    private readonly scoring: ScoringRulesRepository,
  ) {}

  /** @param shown rows in full; of up to 1,000 it is counted what becomes of them */
  async preview(entry: Import, shown: number): Promise<ImportPreviewResponse> {
    if (!entry.shape) throw importErrors.wrongState(entry.id, entry.state, 'previewed');
    const rows = await this.firstRows(entry);
    const read = rowReader(entry);
    const readings = rows.map((row) => ({ row, reading: read(row) }));
    const drafts = readings.flatMap(({ reading }) => ('draft' in reading ? [reading.draft] : []));
    const { known, scoring } = await this.transactions.run(async (tx) => ({
      known: await this.intake.recognise(tx, drafts, entry.kind === 'nppes'),
      scoring: await this.scoring.inForce(tx),
    }));
    const outcomes = readings.map(({ reading }) => outcomeOf(reading));
    return {
      looked_at: rows.length,
      counts: {
        usable: drafts.length,
        known: known.filter((lead) => lead !== undefined).length,
        refused: outcomes.filter((outcome) => outcome === 'refused').length,
        passed_over: outcomes.filter((outcome) => outcome === 'passed_over').length,
      },
      rows: readings.slice(0, shown).map(({ row, reading }) => ({
        line: row.line,
        outcome: outcomeOf(reading),
        known_lead_id: 'draft' in reading ? (known[drafts.indexOf(reading.draft)]?.id ?? null) : null,
        lead: 'draft' in reading ? leadOf(reading.draft, scoring) : null,
        notes:
          'draft' in reading ? reading.draft.repairs : 'refusal' in reading ? reading.refusal.reasons : [],
      })),
      sample: rows.slice(0, 5).map(({ cells }) => cells.map((cell) => String(cell ?? '').slice(0, 200))),
    };
  }

  private async firstRows(entry: Import): Promise<SourceRow[]> {
    const rows: SourceRow[] = [];
    try {
      if (entry.shape)
        for await (const batch of readRows(await this.files.pathOf(entry), entry.shape)) {
          rows.push(...batch.rows);
          if (rows.length >= LOOKED_AT) break;
        }
    } catch (error) {
      if (!(error instanceof LeadFileError)) throw error;
      throw importErrors.unreadable(error.message);
    }
    return rows.slice(0, LOOKED_AT);
  }
}

function outcomeOf(reading: RowReading): 'lead' | 'refused' | 'passed_over' {
  return 'draft' in reading ? 'lead' : 'refusal' in reading ? 'refused' : 'passed_over';
}

function leadOf(
  draft: Extract<RowReading, { draft: unknown }>['draft'],
  scoring: ScoringVersion,
): Record<string, unknown> {
  const {
    repairs: _repairs,
    isHeld: _held,
    scoringBreakdown: _breakdown,
    scoringVersion: _version,
    ...lead
  } = newLeadOf(draft, false, scoring);
  return Object.fromEntries(
    Object.entries(lead).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
