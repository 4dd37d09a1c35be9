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
import { ActivityOutcome, ActivityType } from '../enums/index.js';
import { Lead } from '../leads/lead.entity.js';
import { User } from '../users/user.entity.js';

/** Something an agent did or plans to do about a lead. */
@Entity('activities')
@Check(
  'activities_activity_type_check',
  `activity_type IN ('call', 'email', 'meeting', 'demo', 'follow_up', 'note', 'task', 'proposal')`,
)
@Index('activities_lead_id_idx', ['leadId', 'id'])
@Index('activities_user_id_idx', ['userId', 'id'])
@Index('activities_user_id_completed_at_idx', { synchronize: false })
@Index('activities_planned_idx', { synchronize: false })
@Index('activities_planned_at_idx', { synchronize: false })
export class Activity {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @Column('integer')
  leadId: number;

  @ManyToOne(() => User, { onDelete: 'RESTRICT' })
  @JoinColumn()
  user?: User;

  @Column('integer')
  userId: number;

  @Column('text')
  activityType: ActivityType;

  @Column('text')
  subject: string;

  @Column('text', { nullable: true })
  description: string | null;

  /** An ActivityOutcome; free text in rows adopted from the first version. */
  @Column('text', { nullable: true })
  outcome: ActivityOutcome | (string & {}) | null;

  @Column('integer', { nullable: true })
  durationMinutes: number | null;

  @Column('timestamptz', { nullable: true })
  scheduledAt: Date | null;

  /** When it was done; empty while it is only planned. */
  @Column('timestamptz', { nullable: true })
  completedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  updatedAt: Date | null;

  /** Taken back by who logged it: as if it had never been, but points and figures can say why they fell. */
  @Column('timestamptz', { nullable: true })
  undoneAt: Date | null;
}
