import { migrate } from '../src/database/migrate.js';
import { TestDatabase } from './support/database.js';
import { legacyDatabase } from './support/legacy-database.js';

let db: TestDatabase;
afterEach(() => db.drop());

async function adopt(difference: string): Promise<void> {
  db = await legacyDatabase(difference);
  await migrate(db.url);
}

const findings = () =>
  db.query('SELECT table_name, row_id, field, code FROM legacy_v1.adoption_findings ORDER BY id');
const badges = async () =>
  (await db.query<{ badges: unknown }>('SELECT badges FROM users WHERE id IN (1, 3, 7) ORDER BY id')).map(
    (user) => user.badges,
  );

const LOWER_CASE = `
  DO $$ DECLARE label record; BEGIN
    FOR label IN SELECT enumtypid::regtype AS type, enumlabel AS name FROM pg_enum LOOP
      EXECUTE format('ALTER TYPE %s RENAME VALUE %L TO %L', label.type, label.name, lower(label.name));
    END LOOP;
  END $$;
  ALTER TYPE userrole RENAME TO user_role;
  ALTER TYPE leadstatus RENAME TO lead_status;
  ALTER TYPE activitytype RENAME TO activity_type;`;
const AS_TEXT = `
  ALTER TABLE users ALTER role TYPE text;
  ALTER TABLE leads ALTER status TYPE text;
  ALTER TABLE activities ALTER activity_type TYPE text;`;

/** The columns that some installs have, as type and value in SQL, and what becomes of the value. */
const USER_COLUMNS = {
  last_activity: ['timestamp', "'2025-07-20 08:00'", new Date('2025-07-20T08:00:00Z')],
  conversion_rate: ['double precision', '12.5', 12.5],
  activity_score: ['integer', '40', 40],
  deals_closed: ['integer', '6', 6],
  current_percentile: ['double precision', '87.5', 87.5],
  current_rank: ['integer', '2', 2],
  performance_score: ['double precision', '61.25', 61.25],
} as const;
const withColumns = (names: readonly string[]): string =>
  names
    .map((name) => {
      const [type, value] = USER_COLUMNS[name as keyof typeof USER_COLUMNS];
      return `ALTER TABLE users ADD ${name} ${type}; UPDATE users SET ${name} = ${value} WHERE id = 3;`;
    })
    .join('\n');
const NAMES = Object.keys(USER_COLUMNS);

describe('an install of the first version', () => {
  it.each([
    ['lower-case labels and other type names', LOWER_CASE],
    ['text instead of enum types', AS_TEXT],
  ])('may have %s', async (_what, difference) => {
    await adopt(difference);
    const labels = await db.query(
      `SELECT (SELECT array_agg(role ORDER BY id) FROM users) AS roles,
              (SELECT array_agg(status ORDER BY id) FROM leads) AS statuses,
              (SELECT array_agg(activity_type ORDER BY id) FROM activities) AS types`,
    );
    expect(labels).toEqual([
      {
        roles: ['admin', 'manager', 'agent', 'agent', 'agent'],
        statuses: ['NEW', 'CONTACTED', 'RECYCLED'],
        types: ['call', 'follow_up'],
      },
    ]);
    expect(await findings()).toEqual([]);
  });

  it.each([
    ['JSON', ''],
    ['JSONB', 'ALTER TABLE users ALTER badges TYPE jsonb'],
    ['TEXT', 'ALTER TABLE users ALTER badges TYPE text'],
    ['JSON in JSON', `UPDATE users SET badges = to_json(badges::text) WHERE badges IS NOT NULL`],
    [
      'an array of texts',
      `ALTER TABLE users DROP badges, ADD badges text[];
       UPDATE users SET badges = '{Founder}' WHERE id = 1; UPDATE users SET badges = '{Top 10%,Closer}' WHERE id = 3`,
    ],
  ])('may keep badges as %s', async (_form, difference) => {
    await adopt(difference);
    expect(await badges()).toEqual([['Founder'], ['Top 10%', 'Closer'], []]);
    expect(await findings()).toEqual([]);
  });

  it('may keep badges as plain words, which is reported', async () => {
    await adopt(`ALTER TABLE users ALTER badges TYPE text;
      UPDATE users SET badges = 'Founder' WHERE id = 1;
      UPDATE users SET badges = '[''Top 10%'', ''Closer'']' WHERE id = 3;
      UPDATE users SET badges = '' WHERE id = 7`);
    expect(await badges()).toEqual([['Founder'], ['Top 10%', 'Closer'], []]);
    expect(await findings()).toEqual([
      { table_name: 'users', row_id: 1, field: 'badges', code: 'rewritten' },
      { table_name: 'users', row_id: 3, field: 'badges', code: 'rewritten' },
    ]);
  });

  it('may have no badges', async () => {
    await adopt('ALTER TABLE users DROP badges');
    expect(await badges()).toEqual([[], [], []]);
  });

  it.each([
    ['all eight', NAMES],
    ...NAMES.map((name) => [`badges and ${name}`, [name]] as [string, string[]]),
  ])('may have of the eight columns of users %s', async (_which, present) => {
    await adopt(withColumns(present));
    const [user] = await db.query(`SELECT ${NAMES.join(', ')} FROM users WHERE id = 3`);
    const expected = Object.entries(USER_COLUMNS).map(([name, [, , value]]) => {
      const absent = name === 'last_activity' ? null : 0;
      return [name, present.includes(name) ? value : absent];
    });
    expect(user).toEqual(Object.fromEntries(expected));
    expect(await findings()).toEqual([]);
  });

  it('may have leads without status, which are new ones', async () => {
    await adopt('UPDATE leads SET status = NULL WHERE id IN (1, 2)');
    expect(await db.query('SELECT status FROM leads ORDER BY id')).toEqual([
      { status: 'NEW' },
      { status: 'NEW' },
      { status: 'RECYCLED' },
    ]);
    expect(await findings()).toEqual([
      { table_name: 'leads', row_id: 1, field: 'status', code: 'missing' },
      { table_name: 'leads', row_id: 2, field: 'status', code: 'missing' },
    ]);
    expect(await db.query('SELECT lead_id, old_value, new_value FROM lead_history ORDER BY id')).toEqual([
      { lead_id: 1, old_value: null, new_value: 'NEW' },
      { lead_id: 2, old_value: null, new_value: 'NEW' },
    ]);
  });

  it('may have labels of its own, which are reported with the value they had', async () => {
    await adopt(`${AS_TEXT}
      UPDATE leads SET status = 'LeadStatus.CLOSED_WON' WHERE id = 1;
      UPDATE leads SET status = 'on ice' WHERE id = 2;
      UPDATE users SET role = 'INTERN' WHERE id = 7;
      UPDATE activities SET activity_type = 'LUNCH' WHERE id = 1`);
    expect(
      await db.query(
        `SELECT (SELECT array_agg(status ORDER BY id) FROM leads) AS statuses,
                (SELECT role FROM users WHERE id = 7), (SELECT activity_type FROM activities WHERE id = 1)`,
      ),
    ).toEqual([{ statuses: ['CLOSED_WON', 'NEW', 'RECYCLED'], role: 'agent', activity_type: 'note' }]);
    expect(
      await db.query('SELECT field, code, old_value, new_value FROM legacy_v1.adoption_findings ORDER BY id'),
    ).toEqual([
      { field: 'role', code: 'left_out', old_value: 'INTERN', new_value: 'agent' },
      { field: 'status', code: 'rewritten', old_value: 'LeadStatus.CLOSED_WON', new_value: 'CLOSED_WON' },
      { field: 'status', code: 'left_out', old_value: 'on ice', new_value: 'NEW' },
      { field: 'activity_type', code: 'left_out', old_value: 'LUNCH', new_value: 'note' },
    ]);
  });

  it('may keep the agents that a lead had as text, array or list of texts', async () => {
    await adopt(`
      ALTER TABLE leads ALTER previous_agents TYPE text;
      UPDATE leads SET previous_agents = CASE id WHEN 1 THEN '[7, "3"]' WHEN 2 THEN '{3,7}' ELSE 'null' END`);
    expect(await db.query('SELECT previous_agents FROM leads ORDER BY id')).toEqual([
      { previous_agents: [7, 3] },
      { previous_agents: [3, 7] },
      { previous_agents: [] },
    ]);
  });

  it('may lack tables and have columns that we do not know', async () => {
    await adopt(`
      DROP TABLE notifications, user_achievements, achievements, alembic_version;
      ALTER TABLE users ADD manager_id integer, ADD nickname text;
      UPDATE users SET manager_id = 2 WHERE id = 3; UPDATE users SET manager_id = 99 WHERE id = 7`);
    expect(await db.query('SELECT id, manager_id FROM users WHERE manager_id IS NOT NULL')).toEqual([
      { id: 3, manager_id: 2 },
    ]);
    expect(await findings()).toEqual([
      { table_name: 'users', row_id: null, field: 'nickname', code: 'column_not_adopted' },
      { table_name: 'users', row_id: 7, field: 'manager_id', code: 'reference_missing' },
    ]);
  });

  it('may have users who differ in the case of their name alone: all of them can sign in', async () => {
    await adopt(`
      UPDATE users SET is_active = false WHERE id = 3;
      UPDATE users SET username = 'IDA', email = ' Ida@Example.com ' WHERE id = 7;
      UPDATE users SET username = 'ida-3' WHERE id = 8`);
    expect(await db.query('SELECT id, username, email FROM users WHERE id IN (3, 7, 8) ORDER BY id')).toEqual(
      [
        { id: 3, username: 'ida-3x', email: 'ida+user3@example.com' },
        { id: 7, username: 'IDA', email: 'Ida@Example.com' },
        { id: 8, username: 'ida-3', email: 'gone@example.com' },
      ],
    );
    expect(await findings()).toEqual([
      { table_name: 'users', row_id: 3, field: 'username', code: 'name_taken' },
      { table_name: 'users', row_id: 3, field: 'email', code: 'name_taken' },
      { table_name: 'users', row_id: 7, field: 'email', code: 'reformatted' },
    ]);
  });

  it('may not say whether a user is active: nobody gets in by that', async () => {
    await adopt('UPDATE users SET is_active = NULL WHERE id = 7');
    expect(await db.query('SELECT is_active FROM users WHERE id = 7')).toEqual([{ is_active: false }]);
    expect(await findings()).toEqual([
      { table_name: 'users', row_id: 7, field: 'is_active', code: 'missing' },
    ]);
  });

  it('may hold rows that refer to nothing, which stay behind and are reported', async () => {
    await adopt(`
      ALTER TABLE activities DROP CONSTRAINT activities_lead_id_fkey;
      ALTER TABLE leads DROP CONSTRAINT leads_assigned_user_id_fkey;
      UPDATE activities SET lead_id = 77 WHERE id = 1;
      UPDATE leads SET assigned_user_id = 99 WHERE id = 1`);
    expect(await db.query('SELECT id FROM activities')).toEqual([{ id: 2 }]);
    expect(await db.query('SELECT assigned_user_id FROM leads WHERE id = 1')).toEqual([
      { assigned_user_id: null },
    ]);
    expect(await findings()).toEqual([
      { table_name: 'leads', row_id: 1, field: 'assigned_user_id', code: 'reference_missing' },
      { table_name: 'activities', row_id: 1, field: 'lead_id', code: 'reference_missing' },
      { table_name: 'activities', row_id: 1, field: '', code: 'not_adopted' },
    ]);
    expect(await db.query('SELECT count(*)::int FROM legacy_v1.activities')).toEqual([{ count: 2 }]);
  });
});
