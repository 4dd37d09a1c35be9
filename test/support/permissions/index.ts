import { ACCOUNTS } from './accounts.js';
import { ANALYTICS } from './analytics.js';
import { DISTRIBUTION } from './distribution.js';
import { GAMIFICATION } from './gamification.js';
import { IMPORTS } from './imports.js';
import { LEADS } from './leads.js';
import { ALL, anyone, Permissions, to } from './permission.js';
import { Rows } from './rows.js';
import { VIEWS } from './views.js';

const webhook: Rows = {
  own: async ({ db, company }) => {
    const [row] = await db.query<{ id: number }>(
      `INSERT INTO webhooks (url, event_types, secret, created_by_id)
       VALUES ('https://example.com/hooks', '{*}', 'whsec_made_up', $1) RETURNING id`,
      [company.admin.id],
    );
    return [row?.id ?? 0];
  },
  foreign: async () => [],
  refusal: 403,
};

/**
 * Who may call which route: one line each, sorted by path. A new route needs its line here or in the table of its
 * module, or the permission tests fail.
 *
 *     'METHOD /path': to([who], rows, (id) => ({ query: '?…', body: {…} }))
 *
 * `rows` and what follows only where the route is about a row, or needs something sent to be answered.
 */
export const PERMISSIONS: Permissions = {
  ...ACCOUNTS,
  ...LEADS,
  ...IMPORTS,
  ...DISTRIBUTION,
  ...GAMIFICATION,
  ...ANALYTICS,
  ...VIEWS,
  // One's own alone: there is no asking for another's.
  'GET /api/v1/notifications': to(ALL),
  'GET /api/v1/notifications/preferences': to(ALL),
  'PATCH /api/v1/notifications/preferences': to(ALL, undefined, () => ({ body: { deal_won: false } })),
  'POST /api/v1/notifications/read': to(ALL, undefined, () => ({ body: {} })),
  'GET /asyncapi.json': anyone(),
  'GET /health': anyone(),
  'GET /health/live': anyone(),
  'GET /health/ready': anyone(),
  'GET /metrics': anyone(),
  'GET /api/v1/webhooks': to(['admin']),
  'POST /api/v1/webhooks': to(['admin'], undefined, () => ({
    body: { url: 'https://example.com/hooks', event_types: ['*'] },
  })),
  'DELETE /api/v1/webhooks/:id': to(['admin'], webhook),
  'GET /api/v1/webhooks/:id/deliveries': to(['admin'], webhook),
  'POST /api/v1/webhooks/:id/replay': to(['admin'], webhook),
};
