import { FIRST_RULES } from '../../../src/leads/fields/scoring.js';
import { leadFields } from '../builders.js';
import { activity, plannedActivity } from './activity-rows.js';
import { ALL, LEADERS, OWN_ALONE, OWN_LEADS, OWN_TEAM, Permissions, to } from './permission.js';
import { aPhone, closedPhone, deletedLead, lead, Rows, user } from './rows.js';
import { bulkChange } from './views.js';

/** Drafts of scoring rules: whoever may put one into force may do so with each. */
const scoringVersion: Rows = {
  own: async ({ db }) => {
    const [row] = await db.query<{ version: number }>(
      'INSERT INTO scoring_rule_sets (version, rules) SELECT max(version) + 1, $1 FROM scoring_rule_sets RETURNING version',
      [FIRST_RULES.rules],
    );
    return [row?.version ?? 0];
  },
  foreign: async () => [],
  refusal: 403,
};

/** Leads and what is done about them. */
export const LEADS: Permissions = {
  'POST /api/v1/leads/:id/personal-data': to(['admin'], lead),
  'POST /api/v1/leads/:id/erase-owner': to(['admin'], lead, () => ({ body: { confirm: 'erase' } })),
  'GET /api/v1/activities': to(OWN_LEADS, lead, (id) => ({ query: `?lead_id=${id}` })),
  'POST /api/v1/activities': to(OWN_LEADS, lead, (id) => ({
    body: { lead_id: id, activity_type: 'call', subject: 'Asked for the office manager' },
  })),
  // Whoever logged it, even an admin, for 15 minutes.
  'DELETE /api/v1/activities/:id': to(OWN_ALONE, activity),
  'PATCH /api/v1/activities/:id': to(OWN_ALONE, activity, () => ({
    body: { subject: 'Asked for Dr. Park' },
  })),
  // Planned by the caller, or about a lead that they may edit.
  'POST /api/v1/activities/:id/complete': to(OWN_LEADS, plannedActivity, () => ({
    body: { outcome: 'connected' },
  })),
  'GET /api/v1/activities/due': to(OWN_TEAM, { ...user, refusal: 422 }, (id) => ({
    query: `?agent_id=${id}`,
  })),

  'GET /api/v1/do-not-contact/phones': to(LEADERS),
  'POST /api/v1/do-not-contact/phones': to(LEADERS, undefined, () => ({ body: { phone: aPhone() } })),
  'DELETE /api/v1/do-not-contact/phones/:phone': to(LEADERS, closedPhone),

  'GET /api/v1/leads': to(ALL),
  'POST /api/v1/leads': to(ALL, undefined, () => ({ body: leadFields() })),
  'DELETE /api/v1/leads/:id': to(LEADERS, lead),
  'GET /api/v1/leads/:id': to(OWN_LEADS, lead),
  'PUT /api/v1/leads/:id': to(OWN_LEADS, lead, () => ({ body: { city: 'Towson' } })),
  'POST /api/v1/leads/:id/assign': to(LEADERS, lead, (_, { company }) => ({
    body: { agent_id: company.agent.id },
  })),
  'GET /api/v1/leads/:id/assignments': to(OWN_LEADS, lead),
  'PUT /api/v1/leads/:id/do-not-contact': to(OWN_LEADS, lead, () => ({ body: { do_not_contact: true } })),
  'GET /api/v1/leads/:id/history': to(OWN_LEADS, lead),
  'GET /api/v1/leads/:id/family': to(OWN_LEADS, lead),
  'GET /api/v1/leads/:id/provenance': to(OWN_LEADS, lead),
  'GET /api/v1/scoring/versions': to(LEADERS),
  'POST /api/v1/scoring/versions': to(['admin'], undefined, () => ({ body: { rules: FIRST_RULES.rules } })),
  'POST /api/v1/scoring/versions/:version/activate': to(['admin'], scoringVersion),
  'POST /api/v1/leads/:id/restore': to(LEADERS, deletedLead),
  'PATCH /api/v1/leads/:id/status': to(OWN_LEADS, lead, () => ({ body: { status: 'CONTACTED' } })),
  'GET /api/v1/leads/:id/timeline': to(OWN_LEADS, lead),
  'POST /api/v1/leads/bulk': to(LEADERS, undefined, () => ({ body: [leadFields()] })),
  'POST /api/v1/leads/bulk-assign': to(LEADERS, lead, (id) => ({
    body: { ids: [id], agent_id: null },
  })),
  'POST /api/v1/leads/bulk-delete': to(LEADERS, lead, (id) => ({ body: { ids: [id] } })),
  // Nobody's but who made the change.
  'POST /api/v1/leads/bulk-undo': to(OWN_ALONE, bulkChange, (id) => ({ body: { undo_id: id } })),
  'GET /api/v1/leads/facets': to(ALL),
  // Foreign leads are refused one by one, in the answer.
  'POST /api/v1/leads/bulk-status': to(ALL, lead, (id) => ({ body: { ids: [id], status: 'CONTACTED' } })),
};
