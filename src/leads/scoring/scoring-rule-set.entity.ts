import { Check, Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn } from 'typeorm';
import { User } from '../../users/user.entity.js';
import type { ScoringRules } from '../fields/scoring.js';

/** One version of the rules by which leads are scored. Versions are never changed; one of them is in force. */
@Entity('scoring_rule_sets')
@Index('scoring_rule_sets_active_key', { synchronize: false })
export class ScoringRuleSet {
  @PrimaryColumn('integer')
  version: number;

  @Column('jsonb')
  rules: ScoringRules;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('boolean', { default: false })
  isActive: boolean;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  createdBy?: User | null;

  @Column('integer', { nullable: true })
  createdById: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  activatedBy?: User | null;

  @Column('integer', { nullable: true })
  activatedById: number | null;

  /** When it was last put into force; null for a draft. */
  @Column('timestamptz', { nullable: true })
  activatedAt: Date | null;
}

/** How far the leads have been scored by a version. A row of its own, because whoever scores holds the version locked. */
@Entity('lead_rescorings')
@Check('lead_rescorings_counts_check', 'looked_at >= 0 AND changed >= 0')
export class LeadRescoring {
  @OneToOne(() => ScoringRuleSet, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'version' })
  ruleSet?: ScoringRuleSet;

  @PrimaryColumn('integer')
  version: number;

  /** Id of the last lead that was looked at. */
  @Column('integer', { default: 0 })
  through: number;

  @Column('integer', { default: 0 })
  lookedAt: number;

  /** Leads that got another score or priority. */
  @Column('integer', { default: 0 })
  changed: number;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
