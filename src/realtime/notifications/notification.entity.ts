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
import { User } from '../../users/user.entity.js';

/** Something a person should know, kept until they have seen it. */
@Entity('notifications')
@Index('notifications_user_id_idx', ['userId', 'id'])
@Index('notifications_unread_idx', { synchronize: false })
export class Notification {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  user?: User;

  @Column('integer')
  userId: number;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  message: string | null;

  /** A NotificationType; rows adopted from the first version may say something else. */
  @Column('text', { default: 'info' })
  notificationType: string;

  @Column('boolean', { default: false })
  isRead: boolean;

  @Column('jsonb', { nullable: true })
  data: Record<string, unknown> | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}

/** A kind of notification that somebody does not want. */
@Entity('notification_mutes')
export class NotificationMute {
  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  user?: User;

  @PrimaryColumn('integer')
  userId: number;

  @PrimaryColumn('text')
  notificationType: string;
}
