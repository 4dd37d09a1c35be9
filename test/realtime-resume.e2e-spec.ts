import { Actor, aCompany, Company, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { SeverableServer } from './support/severable-server.js';
import { closeListeners, dial, Listener, listen } from './support/socket.js';

let app: TestApp;
let company: Company;
beforeAll(async () => {
  app = await startTestApp();
  company = await aCompany(app.db);
});
afterAll(() => app.stop());
afterEach(closeListeners);

const edit = (id: number, city: string) =>
  client(app.url).as(company.admin).put(`/api/v1/leads/${id}`, { city });
const assign = (id: number, agent: Actor) =>
  client(app.url).as(company.admin).post(`/api/v1/leads/${id}/assign`, { agent_id: agent.id });

/** Place of the last event that a client has. */
const placeOf = (listener: Listener) => Math.max(...listener.events.map(({ seq }) => seq));
const cities = (listener: Listener) => listener.of('lead.updated').map(({ data }) => data.changed_fields);

describe('a client that was away', () => {
  it('gets with `since` all that it missed, in order, and then what is new', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const before = await listen(app.url, company.agent);
    await edit(lead.id, 'Seen');
    await before.next('lead.updated');
    before.close();
    for (let n = 0; n < 30; n++) await edit(lead.id, `Missed ${n}`);

    const after = await listen(app.url, company.agent, { since: placeOf(before) });
    // What was not yet told to anybody when it came back is told live.
    await eventually(async () => expect(cities(after)).toHaveLength(30));
    const replayed = after.events.map(({ type }) => type).indexOf('ready');
    expect(replayed).toBeGreaterThan(0);
    expect(after.of('ready')[0]?.data.replayed).toBe(replayed);
    await edit(lead.id, 'New');
    await after.next('lead.updated', ({ data }) => data.lead.city === 'New');
    const seqs = after.of('lead.updated').map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });

  it('loses nothing while edits go on', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const first = await listen(app.url, company.agent);
    const since = placeOf(first);
    let isDone = false;
    const editing = (async () => {
      for (let n = 0; n < 60; n++) await edit(lead.id, `City ${n}`);
      isDone = true;
    })();
    const later: Listener[] = [];
    while (!isDone)
      later.push(await listen(app.url, company.agent, { since }).finally(() => later.at(-5)?.close()));
    await editing;
    const last = later.at(-1) as Listener;
    await eventually(async () => expect(first.of('lead.updated')).toHaveLength(60));
    await eventually(async () => {
      expect(last.of('lead.updated').map(({ seq }) => seq)).toEqual(
        first.of('lead.updated').map(({ seq }) => seq),
      );
    });
  });

  it('that loses its connection gets what it missed without asking: the library sends its place', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const way = await SeverableServer.before(app.url);
    try {
      const token = await signIn(app.url, company.agent);
      const agent = dial(way.url, { auth: { token }, reconnectionDelay: 10, reconnectionDelayMax: 50 });
      await agent.next('ready');
      await edit(lead.id, 'Before');
      await agent.next('lead.updated');
      await way.cut();
      await eventually(async () => expect(agent.isClosed()).toBe(true));
      await edit(lead.id, 'Meanwhile');
      await way.restore();
      await eventually(async () => expect(agent.of('ready')).toHaveLength(2));
      expect(agent.of('lead.updated').map(({ data }) => data.lead.city)).toEqual(['Before', 'Meanwhile']);
    } finally {
      await way.cut();
    }
  });

  it('gets only what it may see now: of a lead that is gone the end alone', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const before = await listen(app.url, company.agent);
    const since = placeOf(before);
    before.close();
    await edit(lead.id, 'Secret before');
    await assign(lead.id, company.outsider);
    await edit(lead.id, 'Secret after');

    const gone = await listen(app.url, company.agent, { since });
    expect(gone.told().map(({ type, data }) => [type, data])).toEqual([
      ['lead.unassigned', { lead_id: lead.id }],
    ]);
    const owner = await listen(app.url, company.outsider, { since });
    expect(owner.told().map(({ type }) => type)).toEqual(['lead.assigned', 'lead.updated']);
    const colleague = await listen(app.url, company.colleague, { since });
    expect(colleague.told()).toEqual([]);
  });

  it.each([['0.5'], [-1], [10 ** 9], ['x'], [{}], [10 ** 20]])(
    'with the place %j, which is none, is told to start anew',
    async (since) => {
      const listener = await listen(app.url, company.agent, { since });
      expect(listener.events.map(({ type }) => type).slice(0, 2)).toEqual(['resync', 'ready']);
      expect(listener.of('resync')[0]?.data).toEqual({ reason: 'unknown_cursor' });
    },
  );

  it('for longer than a day, or longer than facts are kept, is told to start anew', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const before = await listen(app.url, company.agent);
    const since = placeOf(before);
    await edit(lead.id, 'Old');
    await before.next('lead.updated');
    await app.db.query(`UPDATE outbox_log SET occurred_at = occurred_at - interval '25 hours'`);
    const late = await listen(app.url, company.agent, { since });
    expect(late.events.map(({ type }) => type).slice(0, 2)).toEqual(['resync', 'ready']);
    expect(late.of('resync')[0]?.data).toEqual({ reason: 'too_far_behind' });

    const intime = await listen(app.url, company.agent, { since: placeOf(before) });
    expect(intime.of('resync')).toEqual([]);
    await app.db.query('UPDATE outbox_head SET deleted_through = seq');
    const later = await listen(app.url, company.agent, { since });
    expect(later.of('resync')[0]?.data).toEqual({ reason: 'unknown_cursor' });
  });
});

describe('a client that does not keep up', () => {
  it('is taken off the events and told to start anew when it can take them again', async () => {
    const lead = await aLead(app.db, {
      assigned_user_id: company.agent.id,
      scoring_breakdown: JSON.stringify({ note: 'x'.repeat(40_000) }),
    });
    const way = await SeverableServer.before(app.url);
    try {
      const [slow, quick] = [
        dial(way.url, { auth: { token: await signIn(app.url, company.agent) } }),
        await listen(app.url, company.agent),
      ];
      await slow.next('ready');
      way.pause();
      await app.db.query(
        `INSERT INTO outbox_inbox (type, lead_id, lead_version, payload)
         SELECT 'lead.updated', $1, 1, '{"changes": {}}' FROM generate_series(1, 1500)`,
        [lead.id],
      );
      await eventually(async () => expect(quick.of('lead.updated')).toHaveLength(1_500));
      way.resume();
      expect((await slow.next('resync')).data).toEqual({ reason: 'too_slow' });
      expect(slow.of('lead.updated').length).toBeLessThan(1_500);
      await edit(lead.id, 'Afterwards');
      await slow.next('lead.updated', ({ data }) => data.lead.city === 'Afterwards');
    } finally {
      await way.cut();
    }
  });
});

describe('a process that ends', () => {
  it('does not wait for clients that do not answer, and the others go elsewhere', async () => {
    const ending = await startTestApp({}, { beside: app });
    const way = await SeverableServer.before(ending.url);
    try {
      const token = await signIn(app.url, company.agent);
      const [deaf, fine] = [way.url, ending.url].map((url) => dial(url, { auth: { token } }));
      await Promise.all([deaf?.next('ready'), fine?.next('ready')]);
      way.pause();
      const began = performance.now();
      await ending.stop();
      expect(performance.now() - began).toBeLessThan(4_000);
      await eventually(async () => expect(fine?.isClosed()).toBe(true));
      expect(fine?.socket.active).toBe(true);
      expect(fine?.of('session.ended')).toEqual([]);
    } finally {
      await way.cut();
    }
  });
});
