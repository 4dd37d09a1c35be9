import { aCompany } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { eventually } from './support/eventually.js';

let api: TestApp;
beforeEach(async () => {
  api = await startTestApp({ AUTO_DISTRIBUTION: 'true', BACKGROUND_JOBS: 'true' });
  await aCompany(api.db);
});
afterEach(() => api.stop());

/** What the clock would do at the full minute. */
const due = (queue: string) => api.db.query('INSERT INTO rota_jobs.job (name) VALUES ($1)', [queue]);

describe('the schedule', () => {
  it('runs every 30 minutes, durably, in a schema of its own', async () => {
    const schedules = await api.db.query(
      `SELECT name, cron FROM rota_jobs.schedule WHERE name ~ 'distribution|contact|policy' ORDER BY name`,
    );
    expect(schedules).toEqual([
      { name: 'distribution-openings', cron: '* * * * *' },
      { name: 'distribution-run', cron: '*/30 * * * *' },
      { name: 'first-contact-warnings', cron: '* * * * *' },
      { name: 'policy-activations', cron: '* * * * *' },
    ]);
  });

  it('recycles and gives out leads, visible as a run of nobody', async () => {
    const { id } = await aLead(api.db);
    await due('distribution-run');
    await eventually(async () => {
      const [run] = await api.db.query('SELECT kind, state, requested_by, assigned FROM distribution_runs');
      expect(run).toEqual({ kind: 'schedule', state: 'completed', requested_by: null, assigned: 1 });
    });
    const [lead] = await api.db.query('SELECT assigned_user_id FROM leads WHERE id = $1', [id]);
    expect(lead?.['assigned_user_id']).not.toBeNull();
  });

  it('puts a version into force when its time has come', async () => {
    await api.db.query(
      `INSERT INTO distribution_policy_versions (policy_id, version, rules, activate_at)
       SELECT id, 2, '{"strategy": "round_robin", "target_active": 5}', now() FROM distribution_policies`,
    );
    await due('policy-activations');
    await eventually(async () => {
      const [policy] = await api.db.query(
        `SELECT v.version, v.activate_at FROM distribution_policies p
           JOIN distribution_policy_versions v ON v.id = p.active_version_id`,
      );
      expect(policy).toEqual({ version: 2, activate_at: null });
    });
  });

  it('gives leads to who comes back to work', async () => {
    const { id } = await aLead(api.db);
    await api.db.query(
      `INSERT INTO distribution_availability (agent_id, paused_at, paused_until)
       SELECT id, now() - interval '1 hour', now() - interval '10 seconds' FROM users WHERE role = 'agent'`,
    );
    await due('distribution-openings');
    await eventually(async () => {
      const [lead] = await api.db.query('SELECT assigned_user_id FROM leads WHERE id = $1', [id]);
      expect(lead?.['assigned_user_id']).not.toBeNull();
    });
  });

  it('warns of leads that nobody has contacted in time', async () => {
    await api.db.query(
      `UPDATE distribution_policy_versions SET rules = rules || '{"first_contact_minutes": {"B": 60}}'`,
    );
    const [agent] = await api.db.query<{ id: number }>("SELECT id FROM users WHERE role = 'agent'");
    const { id } = await aLead(api.db, {
      assigned_user_id: agent?.id,
      assigned_at: new Date(Date.now() - 2 * 3_600_000),
    });
    await due('first-contact-warnings');
    await eventually(async () => {
      const facts = await api.db.query(
        "SELECT lead_id FROM outbox_log WHERE type = 'lead.first_contact_due'",
      );
      expect(facts).toEqual([{ lead_id: id }]);
    });
  });
});
