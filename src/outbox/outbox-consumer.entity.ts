import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How far one consumer has come. Its row is locked while a fact is delivered: one instance at a time does that. */
@Entity('outbox_consumers')
export class OutboxConsumer {
  @PrimaryColumn('text')
  name: string;

  /** Facts up to this one are delivered, or have a row in `outbox_deliveries`. */
  @Column('bigint')
  position: string;

  /** When an instance last had this consumer; one that no release has any more is forgotten. */
  @Column('timestamptz', { default: () => 'now()' })
  seenAt: Date;
}

/** A delivery that did not succeed at once: waiting for its next attempt or behind its lead's earlier one, or dead. */
@Entity('outbox_deliveries')
@Index('outbox_deliveries_due_idx', { synchronize: false })
@Index('outbox_deliveries_lead_idx', { synchronize: false })
export class OutboxDelivery {
  @PrimaryColumn('text')
  consumer: string;

  @PrimaryColumn('bigint')
  seq: string;

  @Column('integer', { nullable: true })
  leadId: number | null;

  @Column('integer', { default: 0 })
  attempts: number;

  /** Next attempt; empty while an earlier fact of the lead waits. */
  @Column('timestamptz', { nullable: true })
  availableAt: Date | null;

  @Column('text', { nullable: true })
  lastError: string | null;

  /** When the attempts were used up; replaying starts them again. */
  @Column('timestamptz', { nullable: true })
  deadAt: Date | null;
}
