import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { StatusWarning } from './status-graph.js';

/** What is to be kept with the stage that a lead has just come to. */
export interface StageNote {
  leadId: number;
  reason: string | null;
  warnings: StatusWarning[];
  /** US dollars. */
  dealValue: number | null;
}

/** The stages of leads, beyond what the database keeps by itself. */
@Injectable()
export class LeadStagesRepository {
  /** To be called in the transaction that changed the statuses. */
  async note(tx: Transaction, notes: StageNote[]): Promise<void> {
    if (notes.length === 0) return;
    await tx.query(
      `UPDATE lead_stages s SET reason = n.reason, warnings = n.warnings, deal_value = n."dealValue"
         FROM jsonb_to_recordset($1::jsonb) AS n ("leadId" integer, reason text, warnings text[], "dealValue" numeric)
        WHERE s.lead_id = n."leadId" AND s.left_at IS NULL`,
      [JSON.stringify(notes)],
    );
  }
}
