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
import { EntityType, LeadPriority, LeadSource, LeadStatus } from '../enums/index.js';
import { User } from '../users/user.entity.js';

/** Points by the name of the rule that gave them. */
export type ScoringBreakdown = Record<string, unknown>;

/** A medical practice that somebody may sell to. Indexes that TypeORM cannot describe are in the migrations. */
@Entity('leads')
@Check(
  'leads_status_check',
  `status IN ('NEW', 'CONTACTED', 'QUALIFIED', 'DEMO_SCHEDULED', 'PROPOSAL_SENT', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')`,
)
@Check('leads_priority_check', `priority IN ('A+', 'A', 'B+', 'B', 'C')`)
@Index('leads_npi_live_key', { synchronize: false })
@Index('leads_next_follow_up_idx', { synchronize: false })
@Index('leads_active_score_idx', { synchronize: false })
@Index('leads_score_idx', { synchronize: false })
@Index('leads_created_at_idx', { synchronize: false })
@Index('leads_updated_at_idx', { synchronize: false })
@Index('leads_practice_name_idx', { synchronize: false })
@Index('leads_assigned_user_id_idx', { synchronize: false })
@Index('leads_state_score_idx', { synchronize: false })
@Index('leads_status_score_idx', { synchronize: false })
@Index('leads_search_idx', { synchronize: false })
@Index('leads_specialties_idx', { synchronize: false })
@Index('leads_pool_idx', { synchronize: false })
@Index('leads_owner_active_idx', { synchronize: false })
@Index('leads_ein_idx', { synchronize: false })
@Index('leads_owner_phone_idx', { synchronize: false })
@Index('leads_practice_phone_idx', { synchronize: false })
@Index('leads_ein_live_idx', { synchronize: false })
@Index('leads_address_idx', { synchronize: false })
@Index('leads_merged_into_id_idx', { synchronize: false })
@Index('leads_quarantine_idx', { synchronize: false })
@Index('leads_npi_deactivated_idx', { synchronize: false })
@Index('leads_deleted_idx', { synchronize: false })
@Index('leads_status_priority_idx', { synchronize: false })
@Index('leads_recycled_idx', { synchronize: false })
@Index('leads_quick_contact_idx', { synchronize: false })
export class Lead {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text', { nullable: true })
  practiceName: string | null;

  @Column('text', { nullable: true })
  ownerName: string | null;

  /** `(555) 123-4567`; a value adopted from the first version may be raw, data_quality then says so. */
  @Column('text', { nullable: true })
  practicePhone: string | null;

  @Column('text', { nullable: true })
  ownerPhone: string | null;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('text', { nullable: true })
  city: string | null;

  @Column('text', { nullable: true })
  state: string | null;

  @Column('text', { nullable: true })
  zipCode: string | null;

  @Column('text', { nullable: true })
  ein: string | null;

  @Column('text', { nullable: true })
  npi: string | null;

  @Column('text', { nullable: true })
  entityType: EntityType | null;

  @Column('integer', { nullable: true })
  providers: number | null;

  /** Comma separated, the primary one first. */
  @Column('text', { nullable: true })
  specialties: string | null;

  @Column('boolean', { nullable: true })
  isSoleProprietor: boolean | null;

  @Column('text', { nullable: true })
  category: string | null;

  @Column('integer')
  score: number;

  @Column('text')
  priority: LeadPriority;

  @Column('text', { default: 'NEW' })
  status: LeadStatus;

  @Column('text', { default: 'manual_entry' })
  source: LeadSource;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  assignedUser?: User | null;

  @Column('integer', { nullable: true })
  assignedUserId: number | null;

  @Column('timestamptz', { nullable: true })
  assignedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  lastContactDate: Date | null;

  @Column('timestamptz', { nullable: true })
  firstContactAt: Date | null;

  /** From when the agent got the lead, or it arrived, to the first contact; written with it. */
  @Column('integer', { nullable: true })
  speedToLeadSeconds: number | null;

  @Column('timestamptz', { nullable: true })
  nextFollowUp: Date | null;

  @Column('integer', { default: 0 })
  contactAttempts: number;

  @Column('timestamptz', { nullable: true })
  recyclingEligibleAt: Date | null;

  @Column('integer', { default: 0 })
  timesRecycled: number;

  /** Ids of agents who had the lead and lost it, oldest first. */
  @Column('integer', { array: true, default: [] })
  previousAgents: number[];

  @Column('integer', { nullable: true })
  medicareAllograftScore: number | null;

  @Column('integer', { nullable: true })
  overlookedOpportunityScore: number | null;

  @Column('integer', { nullable: true })
  ruralVerifiedScore: number | null;

  @Column('jsonb', { nullable: true })
  scoringBreakdown: ScoringBreakdown | null;

  /** By which version of the rules it was scored; null when somebody gave the score. */
  @Column('integer', { nullable: true })
  scoringVersion: number | null;

  /** `field:code` of what was repaired on the way in, until somebody edits the field. */
  @Column('text', { array: true, nullable: true })
  repairs: string[] | null;

  /** The day on which the registry deactivated its NPI; it is held from then on. */
  @Column('timestamptz', { nullable: true })
  npiDeactivatedAt: Date | null;

  /** Waits to be released before distribution sees it. */
  @Column('boolean', { default: false })
  isHeld: boolean;

  /** The lead that this one was merged into; it is deleted then. */
  @ManyToOne(() => Lead, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  mergedInto?: Lead | null;

  @Column('integer', { nullable: true })
  mergedIntoId: number | null;

  /** Said of the lead itself; its phones may be closed, too: see `isPhoneClosed`. */
  @Column('boolean', { default: false })
  doNotContact: boolean;

  @Column('text', { nullable: true })
  doNotContactReason: string | null;

  @Column('timestamptz', { nullable: true })
  doNotContactAt: Date | null;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  doNotContactBy?: User | null;

  @Column('integer', { nullable: true })
  doNotContactById: number | null;

  /** Not a column: whether one of its phones is in `do_not_contact_phones`, where it was asked for. */
  isPhoneClosed?: boolean;

  /** Grows by one with every change; the ETag. */
  @Column('integer', { default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
