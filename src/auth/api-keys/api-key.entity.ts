import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  Unique,
} from 'typeorm';
import { ApiKeyScope } from '../../enums/index.js';
import { User } from '../../users/user.entity.js';

/** What a program signs its requests with, in the name of a user whose visibility it carries. */
@Entity('api_keys')
@Unique('api_keys_prefix_key', ['prefix'])
@Index('api_keys_user_id_idx', ['userId'])
export class ApiKey {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text')
  name: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  user?: User;

  @Column('integer')
  userId: number;

  @ManyToOne(() => User, { onDelete: 'SET NULL' })
  @JoinColumn()
  createdBy?: User | null;

  @Column('integer', { nullable: true })
  createdById: number | null;

  @Column('text')
  prefix: string;

  /** SHA-256 of the key, which itself is nowhere. */
  @Column('bytea')
  secretHash: Buffer;

  @Column('text', { array: true })
  scopes: ApiKeyScope[];

  @Column('timestamptz')
  expiresAt: Date;

  /** To the minute. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}
