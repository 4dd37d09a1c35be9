import { Actor, Company } from '../actors.js';
import { aLead } from '../builders.js';
import { client } from '../client.js';
import { ownerFor, RowId, Rows, Scene, strangerTo } from './rows.js';

const POLICIES = '/api/v1/distribution/policies';
type Step = 'draft' | 'activate';

/** Takes leads of nowhere, so that policies that stay in force do not meet the leads of other tests. */
export const RULES = { strategy: 'round_robin', target_active: 20, leads: { cities: ['Nowhere'] } };

/** @param steps what is done after its first version: further drafts, and the newest put into force */
async function aPolicy({ url, company }: Scene, managerId: number | null, steps: Step[], rules = RULES) {
  const admin = client(url).as(company.admin);
  const { id } = (await admin.post(POLICIES, { name: 'Rehearsed', manager_id: managerId, rules })).body;
  let version = 1;
  for (const step of steps) {
    if (step === 'activate') await admin.post(`${POLICIES}/${id}/activate`, { version });
    else version = (await admin.post(`${POLICIES}/${id}/versions`, { rules })).body && version + 1;
  }
  return id as number;
}

/** Policies by whose team they serve; the company's own are no manager's. */
const policies = (...steps: Step[]): Rows => ({
  own: async (scene, caller) => [await aPolicy(scene, managerFor(scene.company, caller).id, steps)],
  foreign: async (scene) => [
    await aPolicy(scene, scene.company.otherManager.id, steps),
    await aPolicy(scene, null, steps),
  ],
  refusal: 403,
});

const managerFor = (company: Company, caller: Actor): Actor =>
  caller.role === 'manager' ? caller : company.manager;

export const draft = policies();
export const policyInForce = policies('activate');
/** With version 2 as a draft. */
export const policyWithDraft = policies('activate', 'draft');
export const policyWithPast = policies('activate', 'draft', 'activate');

/** The company's own can be rehearsed by every manager. */
export const rehearsable: Rows = {
  own: async (scene, caller) => [...(await draft.own(scene, caller)), await aPolicy(scene, null, [])],
  foreign: async (scene) => [await aPolicy(scene, scene.company.otherManager.id, [])],
  refusal: 403,
};

/** A run at work; whoever leads may look at all of them. */
export const run: Rows = {
  own: async (scene, caller) => [await aRun(scene, caller)],
  foreign: async (scene) => [await aRun(scene, scene.company.otherManager), await aRun(scene, null)],
  refusal: 403,
};

async function aRun({ db }: Scene, by: Actor | null): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `INSERT INTO distribution_runs (kind, state, requested_by) VALUES ('redistribute', 'running', $1) RETURNING id`,
    [by?.id ?? null],
  );
  return row?.id ?? 0;
}

/** Leads that were recycled too often are for every manager's eye. */
export const quarantined: Rows = {
  own: async ({ db }) => [(await aLead(db, { status: 'RECYCLED', times_recycled: 3 })).id],
  foreign: async () => [],
  refusal: 403,
};

let pools = 0;

/** A lead in the claim pool of the agent's team. */
export const claimable: Rows = {
  own: async (scene) => {
    const city = `Claimville ${++pools}`;
    await aPolicy(scene, scene.company.manager.id, ['activate'], {
      strategy: 'claim',
      target_active: 20,
      leads: { cities: [city] },
    });
    return [(await aLead(scene.db, { city })).id];
  },
  foreign: async () => [],
  refusal: 403,
};

/** Moves by who made them. */
export const move: Rows = {
  own: async (scene, caller) => [await aReturn(scene, caller, ownerFor(scene.company, caller))],
  foreign: async (scene, caller) => {
    const { company } = scene;
    const stranger = strangerTo(company, caller);
    return [
      await aReturn(scene, stranger, stranger),
      await aReturn(scene, company.admin, ownerFor(company, caller)),
    ];
  },
  refusal: 403,
};

async function aReturn({ url, db }: Scene, by: Actor, from: Actor): Promise<RowId> {
  const lead = await aLead(db, { assigned_user_id: from.id });
  const answer = await client(url)
    .as(by)
    .post(`/api/v1/distribution/leads/${lead.id}/return`, { reason: 'other' });
  return answer.body.move_id;
}
