import { Actor, aUser, Company } from '../actors.js';
import { aLead } from '../builders.js';
import { client } from '../client.js';
import { TestDatabase } from '../database.js';

/** Where a call is made: every route has a company of its own, so that no call meets another one's traces. */
export interface Scene {
  url: string;
  db: TestDatabase;
  company: Company;
}

export type RowId = number | string;

/** Rows that a route is about, made for one call each because the call may take them away. */
export interface Rows {
  /** The caller's own: a lead assigned to them or, for a manager, to their agent; a member of their team. */
  own(scene: Scene, caller: Actor): Promise<RowId[]>;
  foreign(scene: Scene, caller: Actor): Promise<RowId[]>;
  /** 404 where a foreign row is not even admitted to exist, 422 where the field that names it is refused. */
  refusal: 403 | 404 | 422;
}

/** Whose leads are the caller's own: an agent's, or of an agent of the manager's. */
export const ownerFor = (company: Company, caller: Actor): Actor =>
  caller.role === 'agent' ? caller : company.agent;

/** And whose are not. */
export const strangerTo = (company: Company, caller: Actor): Actor =>
  caller.role === 'agent' ? company.colleague : company.outsider;

const leads = (columns: () => Record<string, unknown> = () => ({})): Rows => {
  const leadOf = async (db: TestDatabase, owner: Actor | null) =>
    (await aLead(db, { assigned_user_id: owner?.id ?? null, ...columns() })).id;
  return {
    own: async ({ db, company }, caller) => [await leadOf(db, ownerFor(company, caller))],
    foreign: async ({ db, company }, caller) => [
      await leadOf(db, strangerTo(company, caller)),
      await leadOf(db, null),
    ],
    refusal: 403,
  };
};

/** Leads by who has them. */
export const lead = leads();
export const deletedLead = leads(() => ({ deleted_at: new Date() }));

let phones = 1_000_000;

/** Another number every time. */
export const aPhone = (): string => `410${++phones}`;

/** Numbers that nobody may call: whoever leads sees to all of them. */
export const closedPhone: Rows = {
  own: async ({ url, company }) => {
    const phone = aPhone();
    await client(url).as(company.admin).post('/api/v1/do-not-contact/phones', { phone });
    return [phone];
  },
  foreign: async () => [],
  refusal: 403,
};

/** Leads by who has them, with nobody's left out. */
export const assignedLead: Rows = {
  ...lead,
  foreign: async (scene, caller) => (await lead.foreign(scene, caller)).slice(0, 1),
};

/** Agents by whose team they are in. */
export const agent: Rows = {
  own: async ({ db }, { id }) => [(await aUser(db, { manager_id: id })).id],
  foreign: async ({ db, company }) => [
    (await aUser(db, { manager_id: company.otherManager.id })).id,
    (await aUser(db)).id,
  ],
  refusal: 403,
};

/** Agents of one's team; for an agent themselves. */
export const agentOrSelf: Rows = {
  own: async (scene, caller) => (caller.role === 'agent' ? [caller.id] : agent.own(scene, caller)),
  foreign: async (scene, caller) => [
    ...(await agent.foreign(scene, caller)),
    ...(caller.role === 'agent' ? [scene.company.colleague.id] : []),
  ],
  refusal: 403,
};

/** Users of any role: oneself and one's team against the rest. */
export const user: Rows = {
  own: async (scene, caller) => [
    caller.id,
    ...(caller.role === 'manager' ? await agent.own(scene, caller) : []),
  ],
  foreign: async (scene, caller) => [
    ...(await agent.foreign(scene, caller)),
    (await aUser(scene.db, { role: 'manager' })).id,
    (await aUser(scene.db, { role: 'admin' })).id,
    ...(caller.role === 'agent' ? [scene.company.manager.id, scene.company.colleague.id] : []),
  ],
  refusal: 403,
};

/** Users other than the caller, who cannot lock out themselves. */
export const otherUser: Rows = { ...user, own: agent.own };

/** Keys by whose visibility they carry. */
export const apiKey: Rows = {
  own: async ({ db, company }, caller) => [await keyOf(db, ownerFor(company, caller))],
  foreign: async ({ db, company }) => [await keyOf(db, company.outsider)],
  refusal: 404,
};

let made = 0;
async function keyOf(db: TestDatabase, { id }: Actor): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `INSERT INTO api_keys (name, user_id, prefix, secret_hash, scopes, expires_at)
     VALUES ('Made up', $1, $2, '\\x00', '{leads:read}', now() + interval '1 day') RETURNING id`,
    [id, `made up ${++made}`],
  );
  return row?.id ?? 0;
}

/** Sessions by whose they are. */
export const session: Rows = {
  own: async ({ url }, caller) => [await sessionOf(url, caller)],
  foreign: async ({ url, company }) => [await sessionOf(url, company.colleague)],
  refusal: 404,
};

async function sessionOf(url: string, owner: Actor): Promise<string> {
  return (await client(url).as(owner).get('/auth/sessions')).body[0].id;
}

/** Activities that somebody logged just now, on a lead of their own as far as they have one. */
const activities = (columns: Record<string, unknown>, isOwn: 'by author' | 'by lead'): Rows => {
  const logged = async ({ db }: Scene, author: Actor, owner: Actor) => {
    const { id } = await aLead(db, { assigned_user_id: owner.id });
    const row = { lead_id: id, user_id: author.id, activity_type: 'call', subject: 'Called', ...columns };
    const [made] = await db.query<{ id: number }>(
      `INSERT INTO activities (${Object.keys(row).join(', ')}) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
      Object.values(row),
    );
    return made?.id ?? 0;
  };
  return {
    own: async (scene, caller) => [
      await logged(scene, caller, caller.role === 'agent' ? caller : scene.company.agent),
    ],
    foreign: async (scene, caller) => [
      await logged(scene, scene.company.outsider, scene.company.outsider),
      // Seen by everybody but agents, and still nobody's but its author's.
      ...(isOwn === 'by author' ? [await logged(scene, scene.company.colleague, caller)] : []),
    ],
    refusal: 403,
  };
};
export const activity = activities({ completed_at: new Date() }, 'by author');
export const plan = activities({ scheduled_at: new Date('2999-01-01') }, 'by lead');

/** Agents, by whether somebody may see their figures. */
export const agentFigures: Rows = {
  own: async (scene, caller) =>
    caller.role === 'agent' ? [caller.id] : caller.role === 'manager' ? agent.own(scene, caller) : [],
  foreign: async (scene, caller) => [
    ...(await agent.foreign(scene, caller)),
    ...(caller.role === 'agent' ? [scene.company.colleague.id] : []),
  ],
  refusal: 403,
};

export const newContest = () => ({
  name: 'Spring',
  metric: 'points',
  entrants: 'agents',
  starts_on: '2099-03-01',
  ends_on: '2099-03-31',
});

/** Contests, which are everybody's. */
export const contest: Rows = {
  own: async ({ url, company }) => [
    (await client(url).as(company.admin).post('/api/v1/gamification/contests', newContest())).body.id,
  ],
  foreign: async () => [],
  refusal: 403,
};
