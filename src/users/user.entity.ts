import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import { UserRole } from '../enums/index.js';

/** A person who signs in: agent, manager or admin. The score columns follow from activities and leads, never by hand. */
@Entity('users')
@Check('users_role_check', `role IN ('admin', 'manager', 'agent')`)
@Index('users_username_key', { synchronize: false })
@Index('users_email_key', { synchronize: false })
@Index('users_manager_id_idx', ['managerId'])
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text')
  username: string;

  @Column('text')
  email: string;

  @Column('text')
  fullName: string;

  /** argon2id, or bcrypt from the first version until the next sign-in. */
  @Column('text')
  passwordHash: string;

  @Column('timestamptz', { nullable: true })
  passwordChangedAt: Date | null;

  /** Set when somebody else chose the password. */
  @Column('boolean', { default: false })
  mustChangePassword: boolean;

  /** Sessions that began earlier have ended: the account was deactivated, or its password reset. */
  @Column('timestamptz', { nullable: true })
  sessionsValidFrom: Date | null;

  @Column('text')
  role: UserRole;

  @Column('boolean', { default: true })
  isActive: boolean;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  manager?: User | null;

  @Column('integer', { nullable: true })
  managerId: number | null;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text', { nullable: true })
  territory: string | null;

  @Column('timestamptz', { nullable: true })
  hireDate: Date | null;

  @Column('timestamptz', { nullable: true })
  lastActivity: Date | null;

  /** Share of closed leads that were won, in percent. */
  @Column('double precision', { default: 0 })
  conversionRate: number;

  @Column('integer', { default: 0 })
  activityScore: number;

  @Column('integer', { default: 0 })
  dealsClosed: number;

  @Column('double precision', { default: 0 })
  currentPercentile: number;

  /** 1 is best; 0 means not ranked. */
  @Column('integer', { default: 0 })
  currentRank: number;

  @Column('double precision', { default: 0 })
  performanceScore: number;

  @Column('jsonb', { default: [] })
  badges: string[];

  @Column('integer', { default: 0 })
  totalPoints: number;

  @Column('integer', { default: 1 })
  level: number;

  /** Left out of boards that everybody sees, by an admin's leave. */
  @Column('boolean', { default: false })
  hiddenFromBoards: boolean;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
