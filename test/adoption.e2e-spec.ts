import { DataSource } from 'typeorm';
import { adoptDatabase } from '../src/database/adopt-database.js';
import { dataSourceOptions } from '../src/database/data-source-options.js';
import { migrate } from '../src/database/migrate.js';
import { createDatabase, TestDatabase } from './support/database.js';
import { contentsOf, insertLegacyLead, legacyDatabase } from './support/legacy-database.js';

let db: TestDatabase;
afterEach(() => db.drop());

const IDS = { users: [1, 2, 3, 7, 8], leads: [1, 2, 5], activities: [1, 2] };

async function idsNow(): Promise<unknown> {
  const ids = async (table: string) =>
    (await db.query<{ id: number }>(`SELECT id FROM ${table} ORDER BY id`)).map(({ id }) => id);
  return { users: await ids('users'), leads: await ids('leads'), activities: await ids('activities') };
}

async function undo(): Promise<void> {
  const options = dataSourceOptions({ url: db.url, poolSize: 2, statementTimeoutMs: 0 });
  const dataSource = await new DataSource(options).initialize();
  try {
    for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
  } finally {
    await dataSource.destroy();
  }
}

describe('a first-version database', () => {
  it('is adopted by migrating, with every row and id', async () => {
    db = await legacyDatabase();
    expect(await migrate(db.url)).toContain('Baseline1753142400000');
    expect(await idsNow()).toEqual(IDS);
    expect(await db.query('SELECT * FROM legacy_v1.adoption_findings')).toEqual([]);
    expect(await db.query('SELECT * FROM lead_history')).toEqual([]);
  });

  it('keeps what it says about users', async () => {
    db = await legacyDatabase();
    await migrate(db.url);
    const [ida] = await db.query('SELECT * FROM users WHERE id = 3');
    expect(ida).toMatchObject({
      username: 'ida',
      email: 'ida@example.com',
      full_name: 'Ida Marsh',
      role: 'agent',
      is_active: true,
      manager_id: null,
      phone: '410 555 2030',
      badges: ['Top 10%', 'Closer'],
      total_points: 310,
      level: 3,
      conversion_rate: 0,
      must_change_password: false,
      created_at: new Date('2025-07-01T09:06:00Z'),
      updated_at: new Date('2025-07-02T10:00:00Z'),
    });
    expect(await db.query('SELECT id, role, is_active, badges FROM users WHERE id <> 3 ORDER BY id')).toEqual(
      [
        { id: 1, role: 'admin', is_active: true, badges: ['Founder'] },
        { id: 2, role: 'manager', is_active: true, badges: [] },
        { id: 7, role: 'agent', is_active: true, badges: [] },
        { id: 8, role: 'agent', is_active: false, badges: [] },
      ],
    );
  });

  it('keeps what it says about leads and the work on them', async () => {
    db = await legacyDatabase();
    await migrate(db.url);
    const [first, , walkIn] = await db.query('SELECT * FROM leads ORDER BY id');
    expect(first).toMatchObject({
      npi: '1234567893',
      ein: '52-1234567',
      practice_name: 'Harbor Foot & Ankle',
      zip_code: '21201',
      is_sole_proprietor: false,
      score: 85,
      priority: 'A',
      status: 'NEW',
      source: 'nppes_extraction',
      assigned_user_id: 3,
      assigned_at: new Date('2025-07-10T10:00:00Z'),
      previous_agents: [],
      scoring_breakdown: { base: 50, size: 35 },
      version: 1,
      deleted_at: null,
    });
    expect(walkIn).toMatchObject({
      status: 'RECYCLED',
      contact_attempts: 0,
      previous_agents: [3, 7],
      updated_at: new Date('2025-07-06T10:00:00Z'),
    });
    expect(await db.query('SELECT activity_type, description, outcome FROM activities ORDER BY id')).toEqual([
      { activity_type: 'call', description: 'Asked for:\n- prices\n- a demo', outcome: 'voicemail' },
      { activity_type: 'follow_up', description: null, outcome: 'wants to think about it' },
    ]);
    expect(
      await db.query(
        `SELECT a.name, a.criteria, u.user_id, n.title, n.data
           FROM user_achievements u JOIN achievements a ON a.id = u.achievement_id, notifications n`,
      ),
    ).toEqual([
      { name: 'First deal', criteria: { deals: 1 }, user_id: 3, title: 'New lead', data: { lead_id: 1 } },
    ]);
  });

  it('goes on counting ids where the first version stopped, deleted rows included', async () => {
    db = await legacyDatabase();
    await migrate(db.url);
    const next = await db.query(
      `SELECT nextval('users_id_seq')::int AS users, nextval('leads_id_seq')::int AS leads,
              nextval('activities_id_seq')::int AS activities, nextval('notifications_id_seq')::int AS notifications`,
    );
    expect(next).toEqual([{ users: 13, leads: 10, activities: 3, notifications: 2 }]);
  });

  it('is adopted once when instances start together, and a second run changes nothing', async () => {
    db = await legacyDatabase(insertLegacyLead({ zip_code: '21201.0' }));
    const ran = await Promise.all([migrate(db.url), migrate(db.url), migrate(db.url)]);
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await db.query('SELECT field FROM legacy_v1.adoption_findings')).toEqual([{ field: 'zip_code' }]);

    const before = await contentsOf(db);
    expect(await migrate(db.url)).toEqual([]);
    expect(await adoptDatabase(db.url, { dryRun: false })).toBeNull();
    expect(await contentsOf(db)).toEqual(before);
  });

  it('is left as it is by a dry run, which reports what adopting would do', async () => {
    db = await legacyDatabase(insertLegacyLead({ zip_code: '21201.0' }));
    const before = await contentsOf(db);
    const rehearsed = await adoptDatabase(db.url, { dryRun: true });
    expect(await contentsOf(db)).toEqual(before);

    expect(rehearsed).toEqual(await adoptDatabase(db.url, { dryRun: false }));
    expect(rehearsed?.tables).toContainEqual({ table: 'leads', legacyRows: 4, rows: 4 });
    expect(rehearsed?.findings).toEqual([
      expect.objectContaining({
        table: 'leads',
        field: 'zip_code',
        code: 'rewritten',
        count: 1,
        examples: [{ rowId: 10, oldValue: '21201.0', newValue: '21201' }],
      }),
    ]);
  });

  it('comes back exactly when the migrations go down', async () => {
    db = await legacyDatabase(insertLegacyLead({ zip_code: '21201.0' }));
    const before = await contentsOf(db);
    await migrate(db.url);
    expect(await contentsOf(db)).not.toEqual(before);
    await undo();
    expect(await contentsOf(db)).toEqual(before);
    await migrate(db.url);
    expect(await db.query('SELECT zip_code FROM leads WHERE id = 10')).toEqual([{ zip_code: '21201' }]);
  });

  it('leaves nothing among our tables and comes back exactly, also with a sequence that no column owns', async () => {
    db = await legacyDatabase('ALTER SEQUENCE users_id_seq OWNED BY NONE');
    const before = await contentsOf(db);
    await migrate(db.url);
    expect(
      await db.query(
        `SELECT pg_get_serial_sequence('users', 'id') AS sequence, to_regclass('alembic_version') AS alembic,
                (SELECT count(*)::int FROM pg_type WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace) AS types`,
      ),
    ).toEqual([{ sequence: 'public.users_id_seq', alembic: null, types: 0 }]);
    await undo();
    expect(await contentsOf(db)).toEqual(before);
  });

  it.each([
    [
      'two leads have the same id',
      `ALTER TABLE leads DROP CONSTRAINT leads_pkey CASCADE; ${insertLegacyLead({ id: 5 })}`,
    ],
    [
      'a user has no id',
      'ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE; ALTER TABLE users ALTER id DROP NOT NULL; UPDATE users SET id = NULL WHERE id = 8',
    ],
  ])('is left as it is when adopting fails half-way: %s', async (_case, difference) => {
    db = await legacyDatabase(difference);
    const before = await contentsOf(db);
    await expect(migrate(db.url)).rejects.toThrow();
    expect(await contentsOf(db)).toEqual(before);
  });

  it('takes no harm from tables of others, nor do they', async () => {
    db = await legacyDatabase(
      `CREATE TABLE invoices (id serial PRIMARY KEY, user_id integer REFERENCES users (id));
       INSERT INTO invoices (user_id) VALUES (3)`,
    );
    await migrate(db.url);
    expect(await db.query('SELECT * FROM invoices')).toEqual([{ id: 1, user_id: 3 }]);
  });
});

describe('a database that is not the first version', () => {
  it.each([
    ['users of something else', 'CREATE TABLE users (id serial, login text)', 'users'],
    ['leads of something else', 'CREATE TABLE leads (id serial)', 'leads'],
    ['sessions of something else', 'CREATE TABLE sessions (id text)', 'sessions'],
  ])('is refused and left as it is: %s', async (_case, sql, name) => {
    db = await createDatabase({ from: 'empty' });
    await db.query(sql);
    const before = await contentsOf(db);
    for (const attempt of [migrate(db.url), adoptDatabase(db.url, { dryRun: true })]) {
      await expect(attempt).rejects.toThrow(`The database already holds ${name}`);
    }
    expect(await contentsOf(db)).toEqual(before);
    expect(await db.query(`SELECT to_regclass('schema_migrations') AS record`)).toEqual([{ record: null }]);
  });

  it('is refused when a first version has tables of our names beside its own', async () => {
    db = await legacyDatabase('CREATE TABLE sessions (id text)');
    const before = await contentsOf(db);
    await expect(migrate(db.url)).rejects.toThrow('The database already holds sessions');
    expect(await contentsOf(db)).toEqual(before);
  });

  it('has nothing to adopt when it is empty, and stays so', async () => {
    db = await createDatabase({ from: 'empty' });
    expect(await adoptDatabase(db.url, { dryRun: false })).toBeNull();
    expect((await contentsOf(db))['tables']).toEqual([]);
  });
});
