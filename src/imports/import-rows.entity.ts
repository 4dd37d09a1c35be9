import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { Lead } from '../leads/lead.entity.js';
import { User } from '../users/user.entity.js';
import { Import } from './import.entity.js';
import type { ImportOptions } from './import-options.js';
import type { LeadDraft, RowNote } from './rows/lead-draft.js';
import type { LeadColumn } from './rows/legacy-export-row.js';

/** Rows that were committed together, and the leads that came of them. */
@Entity('import_chunks')
export class ImportChunk {
  @ManyToOne(() => Import, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'import_id' })
  import?: Import;

  @PrimaryColumn('integer')
  importId: number;

  @PrimaryColumn('integer')
  rowsBefore: number;

  @Column('integer', { array: true })
  createdIds: number[];

  @Column('integer', { array: true })
  updatedIds: number[];

  @Column('timestamptz', { default: () => 'now()' })
  committedAt: Date;
}

/** A row that made no lead, as it stood in the file. */
@Entity('import_refusals')
export class ImportRefusal {
  @ManyToOne(() => Import, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'import_id' })
  import?: Import;

  @PrimaryColumn('integer')
  importId: number;

  @PrimaryColumn('integer')
  rowNumber: number;

  @Column('integer')
  line: number;

  @Column('jsonb')
  cells: unknown[];

  @Column('jsonb')
  reasons: RowNote[];
}

/** A row whose lead is there already and that a person decides about. */
@Entity('import_questions')
@Check('import_questions_decision_check', `decision IN ('skip', 'fill', 'overwrite', 'create')`)
@Index('import_questions_open_idx', { synchronize: false })
@Index('import_questions_lead_id_idx', ['leadId'])
export class ImportQuestion {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Import, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'import_id' })
  import?: Import;

  @Column('integer')
  importId: number;

  @Column('integer')
  line: number;

  @Column('jsonb')
  draft: LeadDraft;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @Column('integer')
  leadId: number;

  @Column('text')
  matchedBy: string;

  @Column('text', { nullable: true })
  decision: 'skip' | 'fill' | 'overwrite' | 'create' | null;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  decidedBy?: User | null;

  @Column('integer', { nullable: true })
  decidedById: number | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;
}

/** How many individuals of a registry file work at one place. */
@Entity('import_sites')
export class ImportSite {
  @ManyToOne(() => Import, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'import_id' })
  import?: Import;

  @PrimaryColumn('integer')
  importId: number;

  @PrimaryColumn('uuid')
  site: string;

  @Column('integer')
  individuals: number;
}

/** A mapping by column name that is used again. */
@Entity('import_templates')
@Index('import_templates_name_key', { synchronize: false })
export class ImportTemplate {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text')
  name: string;

  /** Field by name of the column. */
  @Column('jsonb')
  columns: Record<string, LeadColumn>;

  @Column('jsonb')
  options: ImportOptions;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  createdBy?: User | null;

  @Column('integer', { nullable: true })
  createdById: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
