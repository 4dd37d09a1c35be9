import { UserRole } from '../../../src/enums/index.js';
import { Actor, PASSWORD } from '../actors.js';
import { client } from '../client.js';
import { enrol, turnOnSecondFactor } from '../second-factor.js';
import {
  ALL,
  anyone,
  LEADERS,
  OWN_ALONE,
  OWN_TEAM,
  Permissions,
  Sending,
  TEAM_LEADERS,
  to,
} from './permission.js';
import { agent, apiKey, otherUser, Scene, session, user } from './rows.js';

const credentials = (caller: Actor) => ({ username: caller.username, password: PASSWORD });

let hired = 0;
const newUser = (role: UserRole) => ({
  username: `hired${++hired}`,
  email: `hired${hired}@example.com`,
  full_name: 'Jo Hired',
  password: PASSWORD,
  role,
});

async function withSecondFactor(_: unknown, { url }: Scene, caller: Actor) {
  const [code] = await turnOnSecondFactor(client(url).as(caller));
  return { body: { current_password: PASSWORD, code } };
}

/** Under the address of the first version and under ours. */
const AUTH = {
  'POST /change-password': to(ALL, undefined, () => ({
    body: { current_password: PASSWORD, new_password: `${PASSWORD}, renewed` },
  })),
  'POST /login': anyone((_, _scene, caller) => ({ body: credentials(caller) })),
  'POST /logout': to(ALL),
  'GET /me': to(ALL),
  'POST /refresh': anyone(async (_, { url }, caller) => {
    const { body } = await client(url).post('/auth/login', credentials(caller));
    return { body: { refresh_token: body.refresh_token } };
  }),
  'GET /second-factor': to(ALL),
  'POST /second-factor/enrol': to(ALL, undefined, () => ({ body: { current_password: PASSWORD } })),
  'POST /second-factor/confirm': to(ALL, undefined, async (_, { url }, caller) => ({
    body: { code: await enrol(client(url).as(caller)) },
  })),
  'POST /second-factor/recovery-codes': to(ALL, undefined, withSecondFactor),
  'POST /second-factor/disable': to(ALL, undefined, withSecondFactor),
  'GET /sessions': to(ALL),
  'DELETE /sessions/:id': to(OWN_ALONE, session),
};

const underBoth = (routes: Permissions): Permissions =>
  Object.fromEntries(
    Object.entries(routes).flatMap(([route, permission]) =>
      ['/auth', '/api/v1/auth'].map((prefix) => [route.replace('/', `${prefix}/`), permission]),
    ),
  );

const SINGLE_SIGN_ON = '/api/v1/auth/single-sign-on';

/** As a browser comes back from the provider, with the cookie that it went there with. */
async function backFromProvider({ url }: Scene, { username }: Actor): Promise<Sending> {
  const { body, headers } = await client(url).post(`${SINGLE_SIGN_ON}/start`);
  const query = `&login_hint=${username}@example.com`;
  const answer = await fetch(body.location + query, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  return { body: { query: back.search.slice(1) }, headers: { cookie: cookiesOf(headers) } };
}

/** As whoever has a second factor goes on. */
async function withCodeAfterProvider(scene: Scene, caller: Actor): Promise<Sending> {
  const [code] = await turnOnSecondFactor(client(scene.url).as(caller));
  const { body, headers } = await backFromProvider(scene, caller);
  const lacking = await client(scene.url).post(`${SINGLE_SIGN_ON}/finish`, body, headers);
  return { body: { code }, headers: { cookie: cookiesOf(lacking.headers) } };
}

const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

/** Sessions, teams and users. */
export const ACCOUNTS: Permissions = {
  ...underBoth(AUTH),
  [`GET ${SINGLE_SIGN_ON}`]: anyone(),
  [`POST ${SINGLE_SIGN_ON}/start`]: anyone(),
  [`POST ${SINGLE_SIGN_ON}/finish`]: anyone((_, scene, caller) => backFromProvider(scene, caller)),
  [`POST ${SINGLE_SIGN_ON}/code`]: anyone(async (_, { db, ...scene }, caller) => {
    await db.query('DELETE FROM second_factors WHERE user_id = $1', [caller.id]);
    return withCodeAfterProvider({ db, ...scene }, caller);
  }),
  'GET /api/v1/audit': to(['admin']),
  'GET /api/v1/api-keys': to(LEADERS),
  'POST /api/v1/api-keys': to(LEADERS, undefined, () => ({
    body: { name: 'Billing export', scopes: ['leads:read'] },
  })),
  'DELETE /api/v1/api-keys/:id': to(TEAM_LEADERS, apiKey),
  'GET /api/v1/team/all-managers': to(['admin']),
  'PUT /api/v1/team/assign-agent/:agent_id': to(['admin'], agent, (_, { company }) => ({
    query: `?manager_id=${company.otherManager.id}`,
  })),
  'POST /api/v1/team/create-user': to(LEADERS, undefined, () => ({ body: newUser('agent') })),
  'GET /api/v1/team/my-team': to(['manager']),
  'DELETE /api/v1/team/remove-agent/:agent_id': to(TEAM_LEADERS, agent),
  'GET /api/v1/team/unassigned-agents': to(['admin']),
  'GET /api/v1/users': to(LEADERS),
  'POST /api/v1/users': to(['admin'], undefined, () => ({ body: newUser('manager') })),
  'GET /api/v1/users/:id': to(OWN_TEAM, user),
  'PATCH /api/v1/users/:id': to(['admin'], otherUser, () => ({ body: { full_name: 'Jo Renamed' } })),
  'POST /api/v1/users/:id/activate': to(['admin'], otherUser),
  'POST /api/v1/users/:id/deactivate': to(['admin'], otherUser),
  'POST /api/v1/users/:id/personal-data': to(['admin'], otherUser),
  'POST /api/v1/users/:id/erase': to(['admin'], otherUser, async (id, { db }) => {
    await db.query('UPDATE users SET is_active = false WHERE id = $1', [id]);
    return { body: { confirm: 'erase' } };
  }),
  'POST /api/v1/users/:id/reset-second-factor': to(['admin'], otherUser),
  'POST /api/v1/users/:id/reset-single-sign-on': to(['admin'], otherUser),
  'POST /api/v1/users/:id/reset-password': to(['admin'], otherUser, () => ({
    body: { new_password: `${PASSWORD}, reset` },
  })),
};
