import { ClientMessages, EndReason, EventType, RefusalReason, ResyncReason } from './event-catalogue.js';

type Schema = Record<string, unknown>;

interface Described {
  summary: string;
  /** JSON Schema of an event's `data`, or of a message. */
  schema: Schema;
}

const integer: Schema = { type: 'integer' };
const text: Schema = { type: 'string' };
const idOrNull: Schema = { type: ['integer', 'null'] };
const oneOf = <Value extends string>(...values: Value[]): Schema => ({ type: 'string', enum: values });
const list = (items: Schema): Schema => ({ type: 'array', items });
/** A schema of the API's own document. */
const ofApi = (name: string): Schema => ({ $ref: `openapi.json#/components/schemas/${name}` });

/** Every property is there and no other. */
const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const person = object({ user_id: integer, full_name: text });
const leadState = {
  lead_id: integer,
  version: integer,
  lead: ofApi('LeadResponse'),
  changed_by: { oneOf: [person, { type: 'null' }], description: 'null when it was Rota itself' },
};
const activityOfLead = object({ lead_id: integer, activity: ofApi('ActivityResponse') });
const viewer = object({ user_id: integer, full_name: text, mode: oneOf('view', 'edit') });
const aboutLead = object({ lead_id: integer });

/** What each event says and who hears it; with the catalogue's types it makes the AsyncAPI document. */
export const EVENTS: Readonly<Record<EventType, Described>> = {
  'lead.created': {
    summary:
      'A lead was entered; to admins, to managers while nobody has it or it is in their team, to its agent',
    schema: object(leadState),
  },
  'lead.updated': {
    summary: 'Fields of a lead were set; to the same',
    schema: object({ ...leadState, changed_fields: list(text) }),
  },
  'lead.assigned': {
    summary: 'A lead is now somebody’s; to the same, its new agent among them',
    schema: object({ ...leadState, assigned_user_id: integer, previous_user_id: idOrNull }),
  },
  'lead.unassigned': {
    summary: 'A lead is no longer somebody’s; the agent who had it gets its id alone',
    schema: { oneOf: [aboutLead, object({ ...leadState, previous_user_id: idOrNull })] },
  },
  'lead.status_changed': {
    summary: 'A lead has another status; to the same as lead.updated',
    schema: object({ ...leadState, from: text, to: text, reason: { type: ['string', 'null'] } }),
  },
  'lead.recycled': {
    summary: 'A lead went back to the pool; to admins and managers',
    schema: object({ ...leadState, previous_user_id: idOrNull }),
  },
  'lead.deleted': {
    summary: 'A lead was deleted; to the same as lead.updated',
    schema: object({ lead_id: integer, version: integer }),
  },
  'lead.restored': { summary: 'A deleted lead is back; to the same', schema: object(leadState) },
  'activity.created': {
    summary: 'Something was done or planned about a lead; to the same',
    schema: activityOfLead,
  },
  'activity.updated': { summary: 'An activity was corrected; to the same', schema: activityOfLead },
  'activity.completed': { summary: 'What was planned is done; to the same', schema: activityOfLead },
  'activity.undone': {
    summary: 'An activity was taken back; to the same',
    schema: object({ lead_id: integer, activity_id: integer }),
  },
  'team.changed': {
    summary: 'Somebody joined, left or is other than before; to admins and their managers',
    schema: object({ user_id: integer }),
  },
  'leaderboard.updated': { summary: 'Ranks have changed; to everybody', schema: object({}) },
  'badge.earned': {
    summary: 'Somebody has earned a badge; to them, their manager and admins',
    schema: object({ user_id: integer, full_name: text, badge: text }),
  },
  'distribution.completed': {
    summary: 'Leads were handed out; to managers and admins',
    schema: { type: 'object' },
  },
  'dashboard.updated': {
    summary: 'Figures have changed, at most twice a second: fetch them anew',
    schema: object({ causes: list(text) }),
  },
  notification: { summary: 'One’s own notification', schema: ofApi('NotificationResponse') },
  'presence.updated': {
    summary: 'Who has a lead open; to those who have it open',
    schema: object({ lead_id: integer, viewers: list(viewer) }),
  },
  ready: {
    summary: 'What was missed has been sent; what comes now is live',
    schema: object({ user_id: integer, role: oneOf('admin', 'manager', 'agent'), replayed: integer }),
  },
  resync: {
    summary: 'Events are missing: fetch the present state',
    schema: object({
      reason: oneOf<ResyncReason>('too_far_behind', 'unknown_cursor', 'too_slow', 'role_changed'),
    }),
  },
  'session.ended': {
    summary: 'The server closes the connection',
    schema: object({ reason: oneOf<EndReason>('token_expired', 'signed_out', 'too_many_connections') }),
  },
  refused: {
    summary: 'A message of the client was refused',
    schema: object({
      event: text,
      reason: oneOf<RefusalReason>('unknown_event', 'invalid_message', 'not_allowed', 'too_many_messages'),
    }),
  },
};

/** What a client may send. */
export const MESSAGES: Readonly<Record<keyof ClientMessages, Described>> = {
  'presence.view': { summary: 'I have this lead open', schema: aboutLead },
  'presence.edit': { summary: 'I am editing this lead', schema: aboutLead },
  'presence.leave': { summary: 'I have left this lead', schema: aboutLead },
  'session.renew': {
    summary: 'A fresh access token of the same session, before the old one expires',
    schema: object({ token: text }),
  },
};

/** The envelope around an event's data. */
export const envelopeOf = (type: EventType, data: Schema): Schema => ({
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid', description: 'The same when an event is sent twice.' },
    seq: {
      type: 'integer',
      description: 'Place in the log, to resume from with `since`; 0 for an event without a place.',
    },
    type: { const: type },
    occurred_at: { type: 'string', format: 'date-time' },
    data,
  },
  required: ['id', 'seq', 'type', 'occurred_at', 'data'],
  additionalProperties: false,
});
