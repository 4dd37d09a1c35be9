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
import { User } from '../../users/user.entity.js';

/** An address that gets events. It sees what an admin sees, as long as whoever added it is one. */
@Entity('webhooks')
export class Webhook {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('text')
  url: string;

  /** Types of the catalogue; `*` for all. */
  @Column('text', { array: true })
  eventTypes: string[];

  /** `whsec_` and base64: what its messages are signed with. It has to be read for that, so it is not hashed. */
  @Column('text')
  secret: string;

  @Column('boolean', { default: true })
  isActive: boolean;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  createdBy?: User;

  @Column('integer')
  createdById: number;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}

/** One event on its way to one address: pending while it has a next attempt, then delivered or given up. */
@Entity('webhook_deliveries')
@Unique('webhook_deliveries_event_key', ['webhookId', 'eventId', 'type'])
@Index('webhook_deliveries_due_idx', { synchronize: false })
@Index('webhook_deliveries_given_up_idx', { synchronize: false })
@Index('webhook_deliveries_webhook_id_idx', ['webhookId', 'id'])
export class WebhookDelivery {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @ManyToOne(() => Webhook, { onDelete: 'CASCADE' })
  @JoinColumn()
  webhook?: Webhook;

  @Column('integer')
  webhookId: number;

  @Column('uuid')
  eventId: string;

  @Column('text')
  type: string;

  /** What is sent and signed, to the byte. */
  @Column('text')
  body: string;

  @Column('integer', { default: 0 })
  attempts: number;

  @Column('timestamptz', { nullable: true })
  nextAttemptAt: Date | null;

  @Column('integer', { nullable: true })
  responseStatus: number | null;

  @Column('text', { nullable: true })
  lastError: string | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}
