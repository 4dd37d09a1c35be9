/** A committed fact as its consumers get it. */
export interface OutboxFact<Payload = Record<string, unknown>> {
  /** Place in the log, without holes: in order for each lead, and a cursor for `OutboxReader.after`. */
  seq: number;
  /** UUID, the same whenever the fact is told again. */
  id: string;
  /** Past tense, e.g. `lead.updated`. */
  type: string;
  leadId: number | null;
  leadVersion: number | null;
  payload: Payload;
  /** Id of the user who did it; null when the system did. */
  actorId: number | null;
  requestId: string | null;
  occurredAt: Date;
}

/** Selects an `OutboxFact` from `outbox_log f`. The driver reads bigint as text, so `seq` is cast: 2^53 facts suffice. */
export const FACT = `f.seq::float8 AS seq, f.event_id AS id, f.type, f.lead_id AS "leadId", f.lead_version AS "leadVersion",
  f.payload, f.actor_id AS "actorId", f.request_id AS "requestId", f.occurred_at AS "occurredAt"`;
