import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { User } from '../users/user.entity.js';
import { PolicyRules } from './rules/policy-rules.js';

/** A pool of leads and the rules that it is given out by, version after version. */
@Entity('distribution_policies')
@Index('distribution_policies_default_key', { synchronize: false })
export class Policy {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text')
  name: string;

  /** Whose team it serves; empty for the whole company. */
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  manager?: User | null;

  @Column('integer', { nullable: true })
  managerId: number | null;

  /** A lead goes by the first policy, in this order, that takes it. */
  @Column('integer', { default: 0 })
  position: number;

  @Column('boolean', { default: false })
  isDefault: boolean;

  @Column('integer', { nullable: true })
  activeVersionId: number | null;

  /** Seat at the round table of ties that was served last. */
  @Column('bigint', { default: 0 })
  servedLast: string;

  /** Agents and weights of the last batch, to see whether they change. */
  @Column('text', { nullable: true })
  candidatesOfLast: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}

/** One version of a policy's rules; never changed. */
@Entity('distribution_policy_versions')
@Index('distribution_policy_versions_policy_id_version_key', { synchronize: false })
@Index('distribution_policy_versions_activate_at_idx', { synchronize: false })
export class PolicyVersion {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Policy, { onDelete: 'CASCADE' })
  @JoinColumn()
  policy?: Policy;

  @Column('integer')
  policyId: number;

  @Column('integer')
  version: number;

  @Column('jsonb')
  rules: PolicyRules;

  @Column('text', { nullable: true })
  note: string | null;

  /** When the schedule activates it. */
  @Column('timestamptz', { nullable: true })
  activateAt: Date | null;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn({ name: 'created_by' })
  creator?: User | null;

  @Column('integer', { nullable: true })
  createdBy: number | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}

/** Who activated, scheduled or rolled back which version. */
@Entity('distribution_policy_events')
@Index('distribution_policy_events_policy_id_id_idx', ['policyId', 'id'])
export class PolicyEvent {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @ManyToOne(() => Policy, { onDelete: 'CASCADE' })
  @JoinColumn()
  policy?: Policy;

  @Column('integer')
  policyId: number;

  @Column('text')
  action: string;

  @Column('integer', { nullable: true })
  versionId: number | null;

  @Column('integer', { nullable: true })
  fromVersionId: number | null;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  actor?: User | null;

  @Column('integer', { nullable: true })
  actorId: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  occurredAt: Date;
}

/** How far an agent is from their entitlement under a policy, since it began. */
@Entity('distribution_standings')
export class Standing {
  @ManyToOne(() => Policy, { onDelete: 'CASCADE' })
  @JoinColumn()
  policy?: Policy;

  @PrimaryColumn('integer')
  policyId: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  agent?: User;

  @PrimaryColumn('integer')
  agentId: number;

  @Column('integer', { default: 0 })
  received: number;

  /** Leads received − entitlement. */
  @Column('double precision', { default: 0 })
  deviation: number;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
