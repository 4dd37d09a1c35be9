import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';
import type { DayOff, WeeklyHours } from './rules/availability.js';

/** When an agent takes new leads; without a row: always. */
@Entity('distribution_availability')
export class AgentAvailability {
  @PrimaryColumn('integer')
  agentId: number;

  @OneToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  agent?: User;

  /** IANA name; empty is UTC. */
  @Column('text', { nullable: true })
  timeZone: string | null;

  /** Empty is around the clock. */
  @Column('jsonb', { nullable: true })
  hours: WeeklyHours | null;

  @Column('jsonb', { default: [] })
  daysOff: DayOff[];

  @Column('timestamptz', { nullable: true })
  pausedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  pausedUntil: Date | null;

  @Column('text', { nullable: true })
  pauseReason: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
