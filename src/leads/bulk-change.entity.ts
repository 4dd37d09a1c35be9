import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
} from 'typeorm';
import { LeadStatus } from '../enums/index.js';
import { User } from '../users/user.entity.js';
import { Lead } from './lead.entity.js';

export type BulkChangeKind = 'status' | 'assign' | 'delete';

/** One change of many leads, kept for as long as it can be taken back. */
@Entity('bulk_changes')
@Check('bulk_changes_kind_check', `kind IN ('status', 'assign', 'delete')`)
@Index('bulk_changes_created_at_idx', ['createdAt'])
export class BulkChange {
  @PrimaryColumn('uuid')
  id: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  actor?: User;

  @Column('integer')
  actorId: number;

  @Column('text')
  kind: BulkChangeKind;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  undoneAt: Date | null;
}

/** How a lead was before a bulk change, and which version the change made. */
@Entity('bulk_change_leads')
@Index('bulk_change_leads_lead_id_idx', ['leadId'])
export class BulkChangeLead {
  @PrimaryColumn('uuid')
  changeId: string;

  @ManyToOne(() => BulkChange, { onDelete: 'CASCADE' })
  @JoinColumn()
  change?: BulkChange;

  @PrimaryColumn('integer')
  leadId: number;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @Column('integer')
  version: number;

  @Column('text')
  status: LeadStatus;

  @Column('integer', { nullable: true })
  assignedUserId: number | null;

  @Column('timestamptz', { nullable: true })
  assignedAt: Date | null;
}
