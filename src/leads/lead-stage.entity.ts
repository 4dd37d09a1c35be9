import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { LeadStatus } from '../enums/index.js';
import { User } from '../users/user.entity.js';
import { Lead } from './lead.entity.js';

/** A lead in one status, from when to when. Triggers write the rows; what they cannot know is noted afterwards. */
@Entity('lead_stages')
@Index('lead_stages_lead_id_idx', ['leadId', 'id'])
@Index('lead_stages_current_key', { synchronize: false })
@Index('lead_stages_closed_idx', { synchronize: false })
@Index('lead_stages_left_at_idx', { synchronize: false })
@Index('lead_stages_open_idx', { synchronize: false })
export class LeadStage {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @Column('integer')
  leadId: number;

  @Column('text')
  status: LeadStatus;

  /** Empty in the first stage. */
  @Column('text', { nullable: true })
  fromStatus: LeadStatus | null;

  /** Whose the lead was when it came here: a closed lead counts for them. */
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  agent?: User | null;

  @Column('integer', { nullable: true })
  agentId: number | null;

  @Column('timestamptz')
  enteredAt: Date;

  /** Empty in the present stage. */
  @Column('timestamptz', { nullable: true })
  leftAt: Date | null;

  @Column('text', { nullable: true })
  reason: string | null;

  /** What the status graph has against the move that led here. */
  @Column('text', { array: true, default: [] })
  warnings: string[];

  /** US dollars; of won deals. */
  @Column('numeric', { precision: 14, scale: 2, nullable: true })
  dealValue: string | null;
}
