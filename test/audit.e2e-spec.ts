import { AuditSealer } from '../src/audit/audit-sealer.js';
import { AuditFault, AuditVerification } from '../src/audit/audit-verification.repository.js';
import { Actor, aCompany, aUser, Company, PASSWORD } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { client } from './support/client.js';

jest.setTimeout(60_000);

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (actor: Actor) => client(api.url).as(actor);
const seal = () => api.app.get(AuditSealer).run();
const verify = () => api.app.get(AuditVerification).verify();
const entries = async (query = '') => (await as(company.admin).get(`/api/v1/audit${query}`)).body.entries;

describe('the audit trail', () => {
  it('says who did what to whom, from where, and in which sign-in', async () => {
    const { admin, agent } = company;
    await as(admin).patch(`/api/v1/users/${agent.id}`, { role: 'manager', full_name: 'Jo Renamed' });
    const [entry] = await entries('?action=user.updated');
    expect(entry).toMatchObject({
      actor_id: admin.id,
      subject_type: 'user',
      subject_id: agent.id,
      subject_name: 'Jo Renamed',
      details: { role: { from: 'agent', to: 'manager' } },
      ip_address: '127.0.0.1',
      session_id: expect.stringMatching(/^[\da-f-]{36}$/),
      position: null,
    });
    expect(entry.details.fields.sort()).toEqual(['fullName', 'role']);
    expect(JSON.stringify(entry.details)).not.toContain('Jo');
  });

  it('takes sign-ins down, and failures without what was typed', async () => {
    const { agent } = company;
    const login = (username: string, password: string) =>
      client(api.url).post('/auth/login', { username, password });
    await login(agent.username, PASSWORD);
    await login(agent.username, 'a wrong password');
    await login('my secret passphrase', 'a wrong password');
    const [stranger, wrong] = await entries('?action=sign_in.failed');
    expect(wrong).toMatchObject({
      subject_id: agent.id,
      actor_id: null,
      details: { reason: 'wrong_password' },
    });
    expect(stranger).toMatchObject({ subject_id: null, details: { reason: 'unknown_user' } });
    expect((await entries('?action=sign_in.succeeded'))[0]).toMatchObject({ actor_id: expect.any(Number) });
    const rows = await api.db.query<{ text: string }>(
      'SELECT e::text AS text FROM audit_entries e UNION ALL SELECT o::text FROM audit_origins o',
    );
    expect(rows.map(({ text }) => text).join()).not.toMatch(/passphrase|wrong password/);
  });

  it('has everything that matters for security', async () => {
    const { admin, manager, agent } = company;
    const boss = as(admin);
    const made = (
      await boss.post('/api/v1/users', {
        username: 'newcomer',
        email: 'newcomer@example.com',
        full_name: 'New Comer',
        password: PASSWORD,
      })
    ).body;
    await boss.put(`/api/v1/team/assign-agent/${made.id}?manager_id=${manager.id}`);
    await boss.post(`/api/v1/users/${made.id}/reset-password`, { new_password: `${PASSWORD}, reset` });
    await boss.post(`/api/v1/users/${made.id}/deactivate`);
    await boss.post(`/api/v1/users/${made.id}/activate`);
    const key = (await boss.post('/api/v1/api-keys', { name: 'Robot', scopes: ['leads:read'] })).body;
    await boss.delete(`/api/v1/api-keys/${key.id}`);
    const hook = (
      await boss.post('/api/v1/webhooks', { url: 'https://example.com/x?token=t0ken', event_types: ['*'] })
    ).body;
    await boss.delete(`/api/v1/webhooks/${hook.id}`);
    await boss.post('/api/v1/exports', { format: 'csv', filter: { q: 'Rosalind' } });
    const [policy] = (await boss.get('/api/v1/distribution/policies')).body;
    await boss.post(`/api/v1/distribution/policies/${policy.id}/versions`, {
      rules: policy.versions[0].rules,
    });
    await boss.post(`/api/v1/distribution/policies/${policy.id}/activate`, { version: 2 });
    await as(agent).post('/auth/change-password', {
      current_password: PASSWORD,
      new_password: `${PASSWORD}, mine`,
    });
    await as(agent).post('/auth/logout');
    const all = await entries('?limit=200');
    expect(new Set(all.map(({ action }: { action: string }) => action))).toEqual(
      new Set([
        'sign_in.succeeded',
        'user.created',
        'user.moved_team',
        'password.reset',
        'user.deactivated',
        'user.activated',
        'api_key.created',
        'api_key.revoked',
        'webhook.created',
        'webhook.deleted',
        'export.requested',
        'policy.changed',
        'password.changed',
        'session.ended',
      ]),
    );
    const rows = await api.db.query<{ text: string }>('SELECT e::text AS text FROM audit_entries e');
    const written = rows.map(({ text }) => text).join();
    for (const kept of ['newcomer', 'New Comer', 't0ken', 'Rosalind', PASSWORD, 'example.com/x'])
      expect(written).not.toContain(kept);
  });

  it('is written with the deed or not at all', async () => {
    await api.db.query(
      `ALTER TABLE audit_entries ADD CONSTRAINT no_deactivation CHECK (action <> 'user.deactivated')`,
    );
    const deed = as(company.admin).post(`/api/v1/users/${company.agent.id}/deactivate`);
    await expect(deed).rejects.toThrow('answered 500');
    expect((await as(company.agent).get('/auth/me')).status).toBe(200);
  });

  it('cannot be changed, not even by a superuser who switches triggers off', async () => {
    await as(company.admin).get('/auth/me');
    await seal();
    for (const statement of [
      `UPDATE audit_entries SET action = 'x'`,
      'DELETE FROM audit_entries',
      'DELETE FROM audit_seals',
      `UPDATE audit_seals SET hash = ''`,
      `UPDATE audit_origins SET ip_address = ''`,
    ]) {
      await expect(api.db.query(statement)).rejects.toThrow('append-only');
      await expect(api.db.query(`SET session_replication_role = replica; ${statement}`)).rejects.toThrow(
        'append-only',
      );
    }
    await expect(api.db.query('TRUNCATE audit_entries CASCADE')).rejects.toThrow('append-only');
  });

  it('comes in pages, newest first, each entry once, by filters that may be combined', async () => {
    const { admin, agent } = company;
    for (let time = 0; time < 5; time++)
      await as(admin).patch(`/api/v1/users/${agent.id}`, { territory: `Area ${time}` });
    const ids: number[] = [];
    let cursor = '';
    do {
      const { body } = await as(admin).get(`/api/v1/audit?limit=2&actor_id=${admin.id}${cursor}`);
      ids.push(...body.entries.map(({ id }: { id: number }) => id));
      cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : '';
    } while (cursor);
    expect(ids).toHaveLength(6); // the sign-in and five changes
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    expect(await entries(`?subject_type=user&subject_id=${agent.id}&action=user.updated`)).toHaveLength(5);
    expect(await entries('?to=2020-01-01')).toHaveLength(0);
    expect(await as(admin).get('/api/v1/audit?subject_id=1')).toBeProblem(422);
    expect(await as(admin).get('/api/v1/audit?action=nonsense&from=then')).toBeProblem(422);
  });

  it('forgets where old entries came from, and stays whole', async () => {
    await as(company.admin).get('/auth/me');
    await seal();
    await api.db.query('DELETE FROM audit_origins');
    expect((await entries()).at(-1)).toMatchObject({ ip_address: null, request_id: null, position: 1 });
    expect((await verify()).fault).toBeUndefined();
  });
});

describe('the chain', () => {
  /** Does what only the owner of the tables can: switches the guards off. */
  async function tamper(statement: string): Promise<AuditFault | undefined> {
    for (const onOff of ['DISABLE', 'ENABLE ALWAYS']) {
      if (onOff !== 'DISABLE') await api.db.query(statement);
      for (const [table, trigger] of [
        ['audit_entries', 'audit_entries_append_only'],
        ['audit_seals', 'audit_seals_append_only'],
        ['audit_origins', 'audit_origins_unchanged'],
      ])
        await api.db.query(`ALTER TABLE ${table} ${onOff} TRIGGER ${trigger}`);
    }
    return (await verify()).fault;
  }

  async function aTrail(): Promise<void> {
    for (let time = 0; time < 6; time++)
      await as(company.admin).patch(`/api/v1/users/${company.agent.id}`, { territory: `Area ${time}` });
    await seal();
  }
  /** The number of the entry at a place. */
  const at = async (position: number): Promise<number> => {
    const [row] = await api.db.query<{ id: string }>(
      'SELECT entry_id AS id FROM audit_seals WHERE position = $1',
      [position],
    );
    return Number(row?.id);
  };

  it('takes every entry up, in batches as in one', async () => {
    await api.db.query(
      `WITH e AS (INSERT INTO audit_entries (action, details)
         SELECT 'user.updated', jsonb_build_object('n', n) FROM generate_series(1, 2500) AS n RETURNING id)
       INSERT INTO audit_pending SELECT id FROM e`,
    );
    await seal();
    expect(await verify()).toMatchObject({
      entries: 2500,
      pending: 0,
      head: { position: 2500 },
      fault: undefined,
    });
  });

  it('grows by one chain however many instances seal while others write', async () => {
    const beside = await startTestApp({}, { beside: api });
    try {
      const users = await Promise.all(Array.from({ length: 5 }, () => aUser(api.db)));
      await Promise.all(
        users.map(async (user) => {
          for (let time = 0; time < 4; time++) {
            await client(time % 2 ? api.url : beside.url)
              .as(company.admin)
              .patch(`/api/v1/users/${user.id}`, { territory: `Area ${time}` });
            await Promise.all([seal(), beside.app.get(AuditSealer).run()]);
          }
        }),
      );
      await seal();
      const verdict = await verify();
      expect(verdict).toMatchObject({ pending: 0, fault: undefined, head: { position: verdict.entries } });
      expect(verdict.entries).toBeGreaterThanOrEqual(20);
    } finally {
      await beside.stop();
    }
  });

  it.each([
    ['changed', `UPDATE audit_entries SET actor_id = 2 WHERE id = $`],
    ['changed', `UPDATE audit_entries SET occurred_at = occurred_at + interval '1 microsecond' WHERE id = $`],
    ['changed', `UPDATE audit_entries SET details = '{"role": "admin"}' WHERE id = $`],
    [
      'deleted',
      `ALTER TABLE audit_seals DROP CONSTRAINT audit_seals_entry_id_fkey;
                 ALTER TABLE audit_origins DROP CONSTRAINT audit_origins_entry_id_fkey; DELETE FROM audit_entries WHERE id = $`,
    ],
    ['origin_changed', `UPDATE audit_origins SET ip_address = '192.0.2.1' WHERE entry_id = $`],
    ['changed', `UPDATE audit_seals SET hash = sha256(hash) WHERE entry_id = $`],
  ])('names the entry that was %s', async (fault, statement) => {
    await aTrail();
    expect((await verify()).fault).toBeUndefined();
    const id = await at(4);
    expect(await tamper(statement.replace('$', String(id)))).toMatchObject({
      fault,
      entryId: id,
      position: 4,
    });
  });

  it('names the one after an entry that was taken out with its seal, and one that was slipped in', async () => {
    await aTrail();
    const [gone, next] = [await at(3), await at(4)];
    const slipped = await tamper(`INSERT INTO audit_entries (action) VALUES ('user.created')`);
    expect(slipped).toMatchObject({ fault: 'never_sealed', position: null });
    const removed = await tamper(
      `DELETE FROM audit_seals WHERE entry_id = ${gone}; DELETE FROM audit_origins WHERE entry_id = ${gone};
       DELETE FROM audit_entries WHERE id = ${gone}`,
    );
    expect(removed).toMatchObject({ fault: 'out_of_place', entryId: next });
  });

  it('made anew from its beginning does not go through the end that was noted before', async () => {
    await aTrail();
    const noted = (await verify()).head;
    await tamper(
      `DELETE FROM audit_seals; UPDATE audit_entries SET actor_id = 2; INSERT INTO audit_pending SELECT id FROM audit_entries`,
    );
    await seal();
    const { fault, head } = await verify();
    expect(fault).toBeUndefined();
    expect(head?.position).toBe(noted?.position);
    const verification = api.app.get(AuditVerification);
    expect(noted && (await verification.passesThrough(noted))).toBe(false);
    expect(head && (await verification.passesThrough(head))).toBe(true);
  });
});
