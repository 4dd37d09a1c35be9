import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { User } from '../users/user.entity.js';
import type { ImportOptions } from './import-options.js';
import type { FileShape } from './reading/file-shape.js';
import type { ColumnMapping } from './rows/column-mapping.js';

export const IMPORT_STATES = [
  'uploading',
  'ready',
  'queued',
  'running',
  'paused',
  'cancelled',
  'completed',
  'failed',
  'undoing',
  'undone',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export type ImportKind = 'leads' | 'nppes' | 'deactivations';

/** A file of leads on its way in: where it is, how it is read, how far it has come. */
@Entity('imports')
@Check('imports_origin_check', `origin IN ('upload', 'folder', 'command')`)
@Check('imports_kind_check', `kind IN ('leads', 'nppes', 'deactivations')`)
@Check(
  'imports_state_check',
  `state IN ('uploading', 'ready', 'queued', 'running', 'paused', 'cancelled', 'completed', 'failed', 'undoing', 'undone')`,
)
@Index('imports_state_idx', ['state'])
@Index('imports_fingerprint_under_way_key', { synchronize: false })
export class Import {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text')
  fileName: string;

  @Column('text')
  origin: 'upload' | 'folder' | 'command';

  /** Of a file that is not an upload of ours. */
  @Column('text', { nullable: true })
  path: string | null;

  /** Bytes; unknown until the sender says it. */
  @Column('bigint', { nullable: true })
  size: string | null;

  /** Bytes of an upload that are here. */
  @Column('bigint', { default: 0 })
  received: string;

  /** Tells the same file apart from another of the same name. */
  @Column('text', { nullable: true })
  fingerprint: string | null;

  @Column('text', { nullable: true })
  kind: ImportKind | null;

  @Column('jsonb', { nullable: true })
  shape: FileShape | null;

  @Column('jsonb', { nullable: true })
  mapping: ColumnMapping | null;

  @Column('jsonb')
  options: ImportOptions;

  @Column('text')
  state: ImportState;

  /** Why it failed, for the person who imports. */
  @Column('text', { nullable: true })
  error: string | null;

  /** Rows of the file, counted before the first one is written: a damaged file leaves nothing behind. */
  @Column('integer', { nullable: true })
  rowsTotal: number | null;

  /** Rows of the file up to the last chunk that was committed: resuming goes on from here. */
  @Column('integer', { default: 0 })
  rowsDone: number;

  @Column('bigint', { default: 0 })
  bytesDone: string;

  @Column('integer', { default: 0 })
  created: number;

  @Column('integer', { default: 0 })
  updated: number;

  @Column('integer', { default: 0 })
  unchanged: number;

  @Column('integer', { default: 0 })
  refused: number;

  @Column('integer', { default: 0 })
  passedOver: number;

  @Column('integer', { default: 0 })
  asked: number;

  @Column('integer', { default: 0 })
  repaired: number;

  /** Time spent on the rows done, pauses left out. */
  @Column('bigint', { default: 0 })
  busyMs: string;

  @Column('boolean', { default: false })
  isReleased: boolean;

  @Column('integer', { nullable: true })
  undoneLeads: number | null;

  /** Leads that an undo left because somebody had worked on them. */
  @Column('integer', { nullable: true })
  keptLeads: number | null;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  createdBy?: User | null;

  @Column('integer', { nullable: true })
  createdById: number | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
