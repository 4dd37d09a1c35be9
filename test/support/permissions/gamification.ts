import { client } from '../client.js';
import { ALL, LEADERS, OWN_TEAM, Permissions, TEAM_LEADERS, to } from './permission.js';
import { agent, Rows, user } from './rows.js';

const newContest = () => ({
  name: 'Spring sprint',
  metric: 'points',
  entrants: 'agents',
  starts_on: '2099-03-01',
  ends_on: '2099-03-31',
});

/** Teams, by the ids of their managers. */
const team: Rows = {
  own: async ({ company }, caller) => [caller.role === 'manager' ? caller.id : company.manager.id],
  foreign: async ({ company }) => [company.otherManager.id],
  refusal: 422,
};

/** Everybody may watch every contest. */
const contest: Rows = {
  own: async ({ url, company }) => {
    const admin = client(url).as(company.admin);
    return [(await admin.post('/api/v1/gamification/contests', newContest())).body.id];
  },
  foreign: async () => [],
  refusal: 403,
};

/** Agents, whose profile everybody may see. */
const anyAgent: Rows = {
  own: async ({ company }) => [company.agent.id, company.outsider.id],
  foreign: async () => [],
  refusal: 403,
};

const targets = [{ metric: 'calls', target: 12 }];

export const GAMIFICATION: Permissions = {
  'GET /api/v1/gamification/agents/:id': to(ALL, anyAgent),
  'GET /api/v1/gamification/contests': to(ALL),
  'POST /api/v1/gamification/contests': to(TEAM_LEADERS, team, (id) => ({
    body: { ...newContest(), team_ids: [id] },
  })),
  'GET /api/v1/gamification/contests/:id': to(ALL, contest),
  'GET /api/v1/gamification/flags': to(LEADERS),
  'GET /api/v1/gamification/kudos': to(ALL),
  'POST /api/v1/gamification/kudos': to(ALL, undefined, (_, { company }) => ({
    body: { to_user_id: company.outsider.id, message: 'Saved the Harbor deal on a Friday afternoon' },
  })),
  'GET /api/v1/gamification/leaderboard': to(ALL),
  'GET /api/v1/gamification/leaderboards': to(ALL),
  'GET /api/v1/gamification/ledger': to(OWN_TEAM, user, (id) => ({ query: `?user_id=${id}` })),
  'GET /api/v1/gamification/my-stats': to(ALL),
  'GET /api/v1/gamification/progress': to(OWN_TEAM, user, (id) => ({ query: `?user_id=${id}` })),
  'GET /api/v1/gamification/rules': to(ALL),
  'PUT /api/v1/gamification/rules': to(['admin'], undefined, () => ({
    body: { rules: [{ rule: 'call', points: 2 }] },
  })),
  'GET /api/v1/gamification/targets': to(ALL),
  'PUT /api/v1/gamification/targets': to(TEAM_LEADERS, { ...team, refusal: 403 }, (id) => ({
    body: { team_id: id, targets },
  })),
  'PUT /api/v1/gamification/visibility/:user_id': to(['admin'], agent, () => ({ body: { hidden: true } })),
};
