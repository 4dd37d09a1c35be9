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

export const EXPORT_FORMATS = ['csv', 'xlsx', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'expired'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** Leads that somebody wants as a file: what was asked for, and how far it is. */
@Entity('exports')
@Check('exports_format_check', `format IN ('csv', 'xlsx', 'jsonl')`)
@Check('exports_state_check', `state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')`)
@Index('exports_user_id_idx', ['userId', 'id'])
@Index('exports_unfinished_idx', { synchronize: false })
@Index('exports_expires_at_idx', { synchronize: false })
export class LeadExport {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  user?: User;

  @Column('integer')
  userId: number;

  @Column('text')
  format: ExportFormat;

  /** As the list takes it; what it matches is found when the export runs. */
  @Column('jsonb')
  filter: Record<string, unknown>;

  @Column('text', { array: true })
  columns: string[];

  @Column('text', { nullable: true })
  sort: string | null;

  @Column('text', { default: 'queued' })
  state: ExportState;

  @Column('integer', { default: 0 })
  attempts: number;

  /** An estimate while it runs, the truth when it is done. */
  @Column('bigint', { nullable: true })
  rowsTotal: string | null;

  @Column('bigint', { default: 0 })
  rowsDone: string;

  @Column('bigint', { nullable: true })
  bytes: string | null;

  @Column('text', { nullable: true })
  error: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  /** When its file goes. */
  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;
}

/** That somebody took the file. */
@Entity('export_downloads')
@Index('export_downloads_export_id_idx', ['exportId'])
export class ExportDownload {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @ManyToOne(() => LeadExport, { onDelete: 'CASCADE' })
  @JoinColumn()
  export?: LeadExport;

  @Column('integer')
  exportId: number;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  user?: User | null;

  @Column('integer', { nullable: true })
  userId: number | null;

  @Column('text', { nullable: true })
  ipAddress: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  downloadedAt: Date;
}
