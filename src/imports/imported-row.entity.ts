import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Lead } from '../leads/lead.entity.js';

/** A row of a file that became a lead and has no NPI to be known by when the file comes again. */
@Entity('imported_rows')
@Index('imported_rows_lead_id_idx', ['leadId'])
export class ImportedRow {
  /** Of the row's cleaned values: edits of the lead do not change it. */
  @PrimaryColumn('text')
  fingerprint: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @Column('integer')
  leadId: number;

  @Column('timestamptz', { default: () => 'now()' })
  importedAt: Date;
}
