import { ALL, OWN_LEADS, OWN_TEAM, Permissions, to } from './permission.js';
import { agentOrSelf, lead, user } from './rows.js';

/** Asked about one person; without that a report keeps to whom the caller may see. */
const report = to(OWN_TEAM, user, (id) => ({ query: `?agent_id=${id}` }));

export const ANALYTICS: Permissions = {
  'GET /api/v1/analytics/agent-performance/:agent_id': to(OWN_TEAM, agentOrSelf),
  'GET /api/v1/analytics/cohorts': report,
  'GET /api/v1/analytics/dashboard': to(ALL),
  'GET /api/v1/analytics/fairness': report,
  'GET /api/v1/analytics/funnel': report,
  'GET /api/v1/analytics/heat-map': report,
  'GET /api/v1/analytics/lead-types': to(ALL),
  'GET /api/v1/analytics/leads': to(OWN_TEAM, user, (id) => ({
    query: `?agent_id=${id}&report=totals&cell=arrived`,
  })),
  'GET /api/v1/analytics/pipeline': report,
  'GET /api/v1/analytics/recycling': report,
  'GET /api/v1/analytics/scorecard/:agent_id': to(OWN_TEAM, agentOrSelf),
  'GET /api/v1/analytics/smart-assignment/:lead_id': to(OWN_LEADS, lead),
  'GET /api/v1/analytics/sources': report,
  'GET /api/v1/analytics/speed-to-lead': report,
  'GET /api/v1/analytics/stuck-leads': report,
  'GET /api/v1/analytics/totals': report,
  'GET /api/v1/analytics/trends': report,
  'GET /api/v1/analytics/win-rates': report,
  'GET /api/v1/my-day': to(ALL),
  'GET /api/v1/summary': to(ALL),
};
