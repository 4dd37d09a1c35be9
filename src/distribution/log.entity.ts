import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { RunKind, RunState } from '../enums/index.js';
import { Lead } from '../leads/lead.entity.js';
import { User } from '../users/user.entity.js';

/** One go of the distribution over the pool. */
@Entity('distribution_runs')
@Check(
  'distribution_runs_state_check',
  `state IN ('running', 'completed', 'cancelled', 'failed', 'interrupted')`,
)
@Index('distribution_runs_running_idx', { synchronize: false })
export class DistributionRun {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text')
  kind: RunKind;

  @Column('text')
  state: RunState;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn({ name: 'requested_by' })
  requester?: User | null;

  @Column('integer', { nullable: true })
  requestedBy: number | null;

  @Column('timestamptz', { nullable: true })
  cancelRequestedAt: Date | null;

  @Column('integer', { default: 0 })
  examined: number;

  @Column('integer', { default: 0 })
  assigned: number;

  @Column('integer', { default: 0 })
  recycled: number;

  /** Leads that found nobody, by reason. */
  @Column('jsonb', { default: {} })
  unassigned: Record<string, number>;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  startedAt: Date;

  /** Of the last batch; a run that stops beating was killed. */
  @Column('timestamptz', { default: () => 'now()' })
  heartbeatAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}

/** Leads that were given out by one decision of the fairness core: all that it takes to decide again. */
@Entity('distribution_batches')
@Index('distribution_batches_policy_id_id_idx', ['policyId', 'id'])
@Index('distribution_batches_decided_at_idx', ['decidedAt'])
export class DistributionBatch {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @Column('integer')
  policyId: number;

  @Column('integer', { nullable: true })
  versionId: number | null;

  @Column('integer', { nullable: true })
  runId: number | null;

  /** A DealRule, or `credit` where a turn was given back. */
  @Column('text')
  rule: string;

  @Column('integer', { array: true })
  agents: number[];

  @Column('integer', { array: true })
  capacity: number[];

  @Column('double precision', { array: true })
  deviationBefore: number[];

  @Column('double precision', { array: true })
  deviationAfter: number[];

  @Column('bigint')
  servedLastBefore: string;

  @Column('bigint')
  servedLastAfter: string;

  @Column('timestamptz', { default: () => 'now()' })
  decidedAt: Date;
}

/** The leads of a batch that had the same candidates and score band. */
@Entity('distribution_decisions')
@Index('distribution_decisions_batch_id_place_idx', ['batchId', 'place'])
export class DistributionDecision {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @ManyToOne(() => DistributionBatch, { onDelete: 'CASCADE' })
  @JoinColumn()
  batch?: DistributionBatch;

  @Column('bigint')
  batchId: string;

  @Column('integer')
  place: number;

  @Column('text')
  band: string;

  @Column('integer')
  leads: number;

  @Column('integer', { array: true })
  candidates: number[];

  @Column('double precision', { array: true })
  weights: number[];

  @Column('double precision', { array: true })
  entitled: number[];

  @Column('integer', { array: true })
  received: number[];

  /** Ids of agents by the reason for which they were no candidates. */
  @Column('jsonb', { default: {} })
  excluded: Record<string, number[]>;
}

/** That a lead was given to an agent, and by which decision. */
@Entity('distribution_assignments')
@Index('distribution_assignments_lead_id_id_idx', ['leadId', 'id'])
@Index('distribution_assignments_agent_id_assigned_at_idx', ['agentId', 'assignedAt'])
@Index('distribution_assignments_decision_id_idx', ['decisionId'])
@Index('distribution_assignments_assigned_at_idx', { synchronize: false })
export class Assignment {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @ManyToOne(() => DistributionDecision, { onDelete: 'CASCADE' })
  @JoinColumn()
  decision?: DistributionDecision;

  @Column('bigint')
  decisionId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @Column('integer')
  leadId: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  agent?: User;

  @Column('integer')
  agentId: number;

  /** Of the lead at that moment. */
  @Column('integer', { nullable: true })
  score: number | null;

  /** Place in the order of its batch. */
  @Column('integer')
  ordinal: number;

  /** How many others were equally near to it. */
  @Column('integer', { default: 0 })
  tied: number;

  @Column('timestamptz', { default: () => 'now()' })
  assignedAt: Date;

  /** When the turn was given back because the lead was bad. */
  @Column('timestamptz', { nullable: true })
  creditedAt: Date | null;
}

/** A lead that changed hands otherwise: claimed, recycled, moved by a person. */
@Entity('distribution_moves')
@Index('distribution_moves_lead_id_id_idx', ['leadId', 'id'])
@Index('distribution_moves_group_id_idx', ['groupId'])
export class Move {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  /** Moves made together, which are undone together. */
  @Column('uuid')
  groupId: string;

  @Column('text')
  kind: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @Column('integer')
  leadId: number;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  fromAgent?: User | null;

  @Column('integer', { nullable: true })
  fromAgentId: number | null;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  toAgent?: User | null;

  @Column('integer', { nullable: true })
  toAgentId: number | null;

  @Column('text', { nullable: true })
  statusBefore: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  actor?: User | null;

  @Column('integer', { nullable: true })
  actorId: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  movedAt: Date;

  @Column('timestamptz', { nullable: true })
  undoneAt: Date | null;
}
