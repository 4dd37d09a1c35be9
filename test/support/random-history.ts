import { SeededRandom } from '../../src/demo/seeded-random.js';
import { Actor, Company } from './actors.js';
import { TestApp } from './app.js';
import { aLead } from './builders.js';
import { Client } from './client.js';

const TYPES = ['call', 'call', 'email', 'meeting', 'demo', 'follow_up', 'note', 'task', 'proposal'];
const OUTCOMES = [null, 'connected', 'no_answer', 'completed', 'completed', 'cancelled', 'scheduled'];
const STATUSES = [
  'NEW',
  'CONTACTED',
  'QUALIFIED',
  'DEMO_SCHEDULED',
  'NEGOTIATION',
  'CLOSED_WON',
  'CLOSED_LOST',
  'RECYCLED',
];
const SPECIALTIES = ['Podiatry', 'Cardiology', 'Nephrology, Podiatry'];

/**
 * Lets a company work at random, over HTTP: activities logged, corrected, undone, completed and dated back; leads moved to
 * any status, won and reopened, reassigned, corrected, deleted and restored. The same seed makes the same history.
 */
export async function liveAtRandom(
  { db }: TestApp,
  us: Company,
  as: (actor: Actor) => Client,
  { seed, events, leads: howMany = 8 }: { seed: number; events: number; leads?: number },
): Promise<void> {
  const random = new SeededRandom(seed);
  const agents = [us.agent, us.colleague, us.outsider];
  const leads: number[] = [];
  for (let n = 0; n < howMany; n++) {
    const agent = random.pick(agents);
    leads.push(
      (await aLead(db, { assigned_user_id: agent.id, status: 'NEW', state: random.pick(['MD', 'TX']) })).id,
    );
  }
  const activities: { id: number; by: Actor }[] = [];
  const ownerOf = async (lead: number): Promise<Actor | undefined> => {
    const [row] = await db.query<{ id: number }>('SELECT assigned_user_id AS id FROM leads WHERE id = $1', [
      lead,
    ]);
    return agents.find(({ id }) => id === row?.id);
  };
  const log = async (): Promise<void> => {
    const lead = random.pick(leads);
    const by = random.chance(0.1) ? us.manager : await ownerOf(lead);
    if (!by) return;
    const { status, body } = await as(by).post('/api/v1/activities', {
      lead_id: lead,
      activity_type: random.pick(TYPES),
      subject: 'Work',
      outcome: random.pick(OUTCOMES),
      scheduled_at: random.chance(0.2) ? '2999-01-01T00:00:00Z' : null,
    });
    if (status === 201) activities.push({ id: body.id as number, by });
  };
  const steps: (() => Promise<unknown>)[] = [
    async () => {
      const activity = activities.at(-1);
      if (activity) await as(activity.by).delete(`/api/v1/activities/${activity.id}`);
    },
    async () => {
      const activity = activities.at(-1);
      const wanted = { activity_type: random.pick(TYPES), outcome: random.pick(OUTCOMES) };
      if (activity) await as(activity.by).patch(`/api/v1/activities/${activity.id}`, wanted);
    },
    async () => {
      if (activities.length === 0) return;
      const activity = random.pick(activities);
      await as(activity.by).post(`/api/v1/activities/${activity.id}/complete`, {});
    },
    // A fact that comes late: done days ago, told now.
    async () => {
      if (activities.length === 0) return;
      const { id } = random.pick(activities);
      await db.query(
        `WITH moved AS (
           UPDATE activities SET completed_at = completed_at - make_interval(hours => $2)
            WHERE id = $1 AND completed_at IS NOT NULL RETURNING id, lead_id)
         INSERT INTO outbox_inbox (type, lead_id, payload)
         SELECT 'activity.updated', lead_id, jsonb_build_object('activityId', id) FROM moved`,
        [id, random.integer(1, 200)],
      );
    },
    () => as(us.manager).delete(`/api/v1/leads/${random.pick(leads)}`),
    () => as(us.manager).post(`/api/v1/leads/${random.pick(leads)}/restore`),
    () =>
      as(us.manager).post(`/api/v1/leads/${random.pick(leads)}/assign`, { agent_id: random.pick(agents).id }),
    () =>
      as(us.manager).put(`/api/v1/leads/${random.pick(leads)}`, {
        state: random.pick(['MD', 'TX', 'OR']),
        specialties: random.pick(SPECIALTIES),
      }),
  ];
  const move = () =>
    as(us.manager).patch(`/api/v1/leads/${random.pick(leads)}/status`, {
      status: random.pick(STATUSES),
      deal_value: random.integer(1, 5_000),
    });
  for (let event = 0; event < events; event++) {
    if (random.chance(0.5)) await log();
    else if (random.chance(0.4)) await move();
    else await random.pick(steps)();
  }
}
