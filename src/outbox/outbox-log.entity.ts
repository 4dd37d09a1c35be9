import { Column, Entity, Generated, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A fact as its writer recorded it, in the transaction that made it true; it waits here for its place in the log. */
@Entity('outbox_inbox')
export class AppendedFact {
  /** Orders the facts of one lead, whose writers wait for each other; others may commit in another order. */
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @Column('uuid')
  @Generated('uuid')
  eventId: string;

  /** Past tense, e.g. `lead.updated`. */
  @Column('text')
  type: string;

  @Column('integer', { nullable: true })
  leadId: number | null;

  @Column('integer', { nullable: true })
  leadVersion: number | null;

  @Column('jsonb')
  payload: Record<string, unknown>;

  /** Id of the user who did it; empty when the system did. */
  @Column('integer', { nullable: true })
  actorId: number | null;

  @Column('text', { nullable: true })
  requestId: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  occurredAt: Date;
}

/** A committed fact in its final place. Rows are added in the order of `seq` and never changed. */
@Entity('outbox_log')
export class LoggedFact {
  /** Without holes: who has read up to a number has missed nothing below it. */
  @PrimaryColumn('bigint')
  seq: string;

  @Column('bigint')
  id: string;

  @Column('uuid')
  eventId: string;

  @Column('text')
  type: string;

  @Column('integer', { nullable: true })
  leadId: number | null;

  @Column('integer', { nullable: true })
  leadVersion: number | null;

  @Column('jsonb')
  payload: Record<string, unknown>;

  @Column('integer', { nullable: true })
  actorId: number | null;

  @Column('text', { nullable: true })
  requestId: string | null;

  @Column('timestamptz')
  occurredAt: Date;
}

/** One row: the ends of the log. Its lock makes those who add to the log wait for each other. */
@Entity('outbox_head')
export class OutboxHead {
  @PrimaryColumn('integer')
  id: number;

  /** Number of the last fact in the log, 0 at first. */
  @Column('bigint')
  seq: string;

  /** Facts up to here may have been deleted. */
  @Column('bigint')
  deletedThrough: string;
}
