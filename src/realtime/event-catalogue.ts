/**
 * Everything that goes over a socket, in both directions: the one file that server and web client share. It imports
 * nothing. `Lead`, `Activity` and `Notification` are the shapes that the HTTP API answers.
 */
export interface EventData<Lead = unknown, Activity = unknown, Notification = unknown> {
  'lead.created': LeadState<Lead>;
  'lead.updated': LeadState<Lead> & { changed_fields: string[] };
  'lead.assigned': LeadState<Lead> & { assigned_user_id: number; previous_user_id: number | null };
  /** Whoever lost the lead gets no more than its id. */
  'lead.unassigned': { lead_id: number } | (LeadState<Lead> & { previous_user_id: number | null });
  'lead.status_changed': LeadState<Lead> & { from: string; to: string; reason: string | null };
  'lead.recycled': LeadState<Lead> & { previous_user_id: number | null };
  'lead.deleted': { lead_id: number; version: number };
  'lead.restored': LeadState<Lead>;
  'activity.created': { lead_id: number; activity: Activity };
  'activity.updated': { lead_id: number; activity: Activity };
  'activity.completed': { lead_id: number; activity: Activity };
  'activity.undone': { lead_id: number; activity_id: number };
  /** Somebody joined, left, or is other than before: fetch people anew. */
  'team.changed': { user_id: number };
  'leaderboard.updated': Record<string, never>;
  'badge.earned': { user_id: number; full_name: string; badge: string };
  'distribution.completed': Record<string, unknown>;
  /** Figures have changed since the last one: fetch them anew. At most two a second. */
  'dashboard.updated': { causes: string[] };
  notification: Notification;
  'presence.updated': { lead_id: number; viewers: Viewer[] };
  /** What comes from now on is live; what was missed came before it. */
  ready: { user_id: number; role: string; replayed: number };
  /** Events are missing: fetch the present state. */
  resync: { reason: ResyncReason };
  /** The connection is about to be closed by the server. */
  'session.ended': { reason: EndReason };
  /** A message was not understood or not allowed. */
  refused: { event: string; reason: RefusalReason };
}

export type EventType = keyof EventData;

/** A lead as it is when the event is sent: `version` may be later than the event's own. */
export interface LeadState<Lead> {
  lead_id: number;
  version: number;
  lead: Lead;
  /** Who did it; null when it was Rota itself. */
  changed_by: Person | null;
}

export interface Person {
  user_id: number;
  full_name: string;
}

export interface Envelope<Type extends EventType = EventType, Data = EventData[Type]> {
  /** UUID; an event that is sent twice has the same. */
  id: string;
  /** Place in the log: rises, and is the cursor to resume from (`auth: {since}`). 0 when the event has no place there. */
  seq: number;
  type: Type;
  /** ISO 8601, UTC. */
  occurred_at: string;
  data: Data;
}

/** Somebody who has a lead open. A hint, never a lock. */
export interface Viewer extends Person {
  mode: PresenceMode;
}
export type PresenceMode = 'view' | 'edit';

export type ResyncReason = 'too_far_behind' | 'unknown_cursor' | 'too_slow' | 'role_changed';
export type EndReason = 'token_expired' | 'signed_out' | 'too_many_connections';
export type RefusalReason = 'unknown_event' | 'invalid_message' | 'not_allowed' | 'too_many_messages';

/** Why a handshake is refused: the message of `connect_error`. */
export type HandshakeRefusal = 'unauthorized' | 'too_many_connections' | 'unavailable';

export type Reply<Answer> = (answer: ({ ok: true } & Answer) | { ok: false; reason: RefusalReason }) => void;

/** What a client may send. Each message may ask for a reply. */
export interface ClientMessages {
  'presence.view': (message: { lead_id: number }, reply?: Reply<{ viewers: Viewer[] }>) => void;
  'presence.edit': (message: { lead_id: number }, reply?: Reply<{ viewers: Viewer[] }>) => void;
  'presence.leave': (message: { lead_id: number }, reply?: Reply<object>) => void;
  /** A fresh access token of the same session keeps the connection beyond the old one's end. */
  'session.renew': (message: { token: string }, reply?: Reply<{ expires_at: string }>) => void;
}

/** For `Socket<ServerEvents, ClientMessages>` of socket.io-client. The offset is what the library resumes from by itself. */
export type ServerEvents<Data = EventData> = {
  [Type in keyof Data & EventType]: (event: Envelope<Type, Data[Type]>, offset?: string) => void;
};
