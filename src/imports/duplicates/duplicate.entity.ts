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
import { Lead } from '../../leads/lead.entity.js';
import { User } from '../../users/user.entity.js';

/** Why two leads may be one practice. */
export interface DuplicateReason {
  code: string;
  message: string;
}

/** Two leads that may be one practice, until somebody decides. */
@Entity('lead_duplicates')
@Check('lead_duplicates_state_check', `state IN ('open', 'merged', 'dismissed')`)
@Check('lead_duplicates_order_check', 'lead_id < other_id')
@Index('lead_duplicates_other_id_idx', ['otherId'])
@Index('lead_duplicates_open_idx', { synchronize: false })
export class LeadDuplicate {
  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @PrimaryColumn('integer')
  leadId: number;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  other?: Lead;

  @PrimaryColumn('integer')
  otherId: number;

  /** 0 to 100. */
  @Column('integer')
  score: number;

  @Column('jsonb')
  reasons: DuplicateReason[];

  @Column('text', { default: 'open' })
  state: 'open' | 'merged' | 'dismissed';

  @Column('timestamptz', { default: () => 'now()' })
  foundAt: Date;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  decidedBy?: User | null;

  @Column('integer', { nullable: true })
  decidedById: number | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;
}

/** Leads that were made one, and what it takes to make them several again. */
@Entity('lead_merges')
@Index('lead_merges_survivor_id_idx', ['survivorId'])
export class LeadMerge {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  survivor?: Lead;

  @Column('integer')
  survivorId: number;

  @Column('integer', { array: true })
  mergedIds: number[];

  /** Values of the survivor before and after, by property. */
  @Column('jsonb')
  changes: Record<string, { from: unknown; to: unknown }>;

  /** Ids of the activities that came from each merged lead. */
  @Column('jsonb')
  activities: Record<string, number[]>;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  mergedBy?: User | null;

  @Column('integer', { nullable: true })
  mergedById: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  mergedAt: Date;

  @Column('timestamptz', { nullable: true })
  undoneAt: Date | null;
}
