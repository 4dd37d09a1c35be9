import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { ChangeSource } from '../enums/index.js';
import { User } from '../users/user.entity.js';
import { Lead } from './lead.entity.js';

/** One field of one lead as it was changed once: who, when, from what, to what, by which way. */
@Entity('lead_history')
@Index('lead_history_lead_id_id_idx', ['leadId', 'id'])
export class LeadHistory {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @Column('integer')
  leadId: number;

  /** The lead's version that this change made. */
  @Column('integer')
  version: number;

  /** Wire name of the field, e.g. `practice_phone`. */
  @Column('text')
  field: string;

  @Column('jsonb', { nullable: true })
  oldValue: unknown;

  @Column('jsonb', { nullable: true })
  newValue: unknown;

  @Column('text')
  source: ChangeSource;

  /** Empty when the system itself made the change. */
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  actor?: User | null;

  @Column('integer', { nullable: true })
  actorId: number | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  changedAt: Date;
}
