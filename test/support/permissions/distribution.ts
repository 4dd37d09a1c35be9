import {
  claimable,
  draft,
  move,
  policyInForce,
  policyWithDraft,
  policyWithPast,
  quarantined,
  RULES,
  rehearsable,
  run,
} from './distribution-rows.js';
import { ALL, LEADERS, OWN_TEAM, Permissions, TEAM_LEADERS, to } from './permission.js';
import { agent, agentOrSelf, assignedLead } from './rows.js';

export const DISTRIBUTION: Permissions = {
  'GET /api/v1/distribution/agent-performance': to(ALL),
  'GET /api/v1/distribution/agents/:id/skills': to(OWN_TEAM, agentOrSelf),
  'PUT /api/v1/distribution/agents/:id/skills': to(TEAM_LEADERS, agent, () => ({
    body: { languages: ['spanish'] },
  })),
  'GET /api/v1/distribution/availability/:agent_id': to(OWN_TEAM, agentOrSelf),
  'PUT /api/v1/distribution/availability/:agent_id': to(OWN_TEAM, agentOrSelf, () => ({
    body: { time_zone: 'America/Chicago' },
  })),
  'DELETE /api/v1/distribution/availability/:agent_id/pause': to(OWN_TEAM, agentOrSelf),
  'POST /api/v1/distribution/availability/:agent_id/pause': to(OWN_TEAM, agentOrSelf, () => ({
    body: { reason: 'Training' },
  })),
  'GET /api/v1/distribution/claim-pool': to(['agent']),
  'POST /api/v1/distribution/claim-pool/:id/claim': to(['agent'], claimable),
  'GET /api/v1/distribution/fairness': to(ALL),
  'GET /api/v1/distribution/holidays': to(ALL),
  'PUT /api/v1/distribution/holidays': to(['admin'], undefined, () => ({
    body: { holidays: [{ day: '2999-12-25', name: 'Christmas' }] },
  })),
  'POST /api/v1/distribution/leads/:id/return': to(OWN_TEAM, assignedLead, () => ({
    body: { reason: 'wrong_number' },
  })),
  // Whoever made it.
  'POST /api/v1/distribution/moves/:move_id/undo': to(OWN_TEAM, move),
  'GET /api/v1/distribution/overview': to(LEADERS),
  'GET /api/v1/distribution/parked': to(LEADERS),
  'GET /api/v1/distribution/policies': to(LEADERS),
  'POST /api/v1/distribution/policies': to(LEADERS, undefined, () => ({
    body: { name: 'Coast to coast', rules: RULES },
  })),
  'DELETE /api/v1/distribution/policies/:id': to(TEAM_LEADERS, draft),
  'GET /api/v1/distribution/policies/:id': to(LEADERS, draft),
  'POST /api/v1/distribution/policies/:id/activate': to(TEAM_LEADERS, policyWithDraft, () => ({
    body: { version: 2 },
  })),
  'POST /api/v1/distribution/policies/:id/deactivate': to(TEAM_LEADERS, policyInForce),
  'POST /api/v1/distribution/policies/:id/rollback': to(TEAM_LEADERS, policyWithPast),
  'POST /api/v1/distribution/policies/:id/schedule': to(TEAM_LEADERS, policyWithDraft, () => ({
    body: { version: 2, at: '2999-01-01T00:00:00Z' },
  })),
  'POST /api/v1/distribution/policies/:id/versions': to(TEAM_LEADERS, draft, () => ({
    body: { rules: RULES },
  })),
  'GET /api/v1/distribution/quarantine': to(LEADERS),
  'POST /api/v1/distribution/quarantine/:lead_id/release': to(LEADERS, quarantined),
  'POST /api/v1/distribution/quarantine/release': to(LEADERS, quarantined, (id) => ({
    body: { lead_ids: [id] },
  })),
  'GET /api/v1/distribution/policies/:id/versions/:from/diff/:to': to(LEADERS, draft),
  'POST /api/v1/distribution/recycle-check': to(LEADERS),
  'POST /api/v1/distribution/redistribute': to(TEAM_LEADERS, agent, (id) => ({ query: `?agent_id=${id}` })),
  'GET /api/v1/distribution/runs': to(LEADERS),
  'GET /api/v1/distribution/runs/:id': to(LEADERS, run),
  'GET /api/v1/distribution/runs/:id/decisions': to(LEADERS, run),
  'POST /api/v1/distribution/runs/:id/cancel': to(['admin'], run),
  'POST /api/v1/distribution/simulate': to(TEAM_LEADERS, rehearsable, (id) => ({
    body: { policy_id: id, rules: RULES },
  })),
  'GET /api/v1/distribution/stats': to(ALL),
  'POST /api/v1/distribution/transfer': to(TEAM_LEADERS, agent, (id) => ({
    body: { from_agent_id: id, to_agent_id: null, reason: 'Left the company' },
  })),
};
