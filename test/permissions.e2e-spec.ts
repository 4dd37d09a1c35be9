import { UserRole } from '../src/enums/index.js';
import { Actor, aCompany } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Answer, client } from './support/client.js';
import { TestIdentityProvider } from './support/identity-provider.js';
import { PERMISSIONS } from './support/permissions/index.js';
import { Permission } from './support/permissions/permission.js';
import { RowId, Scene } from './support/permissions/rows.js';

let api: TestApp;
let provider: TestIdentityProvider;
let scene: Scene;
beforeAll(async () => {
  provider = await TestIdentityProvider.start();
  api = await startTestApp(provider.settings());
});
beforeEach(async () => {
  scene = { url: api.url, db: api.db, company: await aCompany(api.db) };
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
});

describe('the table of permissions', () => {
  it('has every route of the application and no other', () => {
    const routes = api.routes.map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(PERMISSIONS).sort()).toEqual(routes.sort());
  });
});

describe.each(Object.entries(PERMISSIONS))('%s', (route, permission) => {
  if (permission.grants === 'public') {
    it('is open to everybody', async () => {
      const { admin, manager, agent } = scene.company;
      for (const caller of [admin, manager, agent]) {
        expect(await call(route, permission, caller)).toHaveBeenDone();
        expect(await call(route, permission, caller, { signedIn: false })).toHaveBeenDone();
      }
    });
    return;
  }

  it('is closed to whoever is not signed in', async () => {
    for (const caller of [scene.company.admin, scene.company.agent]) {
      const id = await aRow(permission, caller);
      const answer = await call(route, permission, caller, { id, signedIn: false });
      expect(answer).toBeProblem(401, 'not-signed-in');
    }
  });

  it.each(Object.values(UserRole))('keeps to what is said for the role %s', async (role) => {
    const caller = scene.company[role];
    const { rows, grants } = permission;
    const mayAll = grants.includes(role);
    const mayOwn = grants.includes(`${role}:own`);
    for (const id of (await rows?.foreign(scene, caller)) ?? (mayOwn ? [] : [0])) {
      const answer = await call(route, permission, caller, { id });
      if (mayAll) expect(answer).toHaveBeenDone();
      else if (mayOwn) expect(answer).toBeProblem(rows?.refusal ?? 403);
      else expect(answer).toBeProblem(403, 'role-not-allowed');
    }
    for (const id of (await rows?.own(scene, caller)) ?? []) {
      const answer = await call(route, permission, caller, { id });
      if (mayAll || mayOwn) expect(answer).toHaveBeenDone();
      else expect(answer).toBeProblem(403, 'role-not-allowed');
    }
  });
});

async function aRow(permission: Permission, caller: Actor): Promise<RowId> {
  return (await permission.rows?.own(scene, caller))?.[0] ?? 0;
}

async function call(
  route: string,
  permission: Permission,
  caller: Actor,
  { id = 0, signedIn = true }: { id?: RowId; signedIn?: boolean } = {},
): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const { query = '', body, headers } = await permission.send(id, scene, caller);
  const sender = signedIn ? client(api.url).as(caller) : client(api.url);
  // A second parameter is a number within the row, such as a version.
  const address = path.replace(/:\w+/, String(id)).replaceAll(/:\w+/g, '1');
  return sender.request(method, address + query, { body, headers });
}

declare global {
  namespace jest {
    interface Matchers<R> {
      toHaveBeenDone(): R;
    }
  }
}

expect.extend({
  toHaveBeenDone: ({ status, text }: Answer) => ({
    pass: status >= 200 && status < 300,
    message: () => `expected success, got ${status} ${text}`,
  }),
});
