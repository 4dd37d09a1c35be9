import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { migrations } from '../migrations/index.js';
import { dataSourceOptions } from '../src/database/data-source-options.js';
import { createDatabase, TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { partitionsOf, tablesOfLog } from './support/log-partitions.js';
import { aConsumer, EFFECTS, startOutbox } from './support/outbox.js';

const PARTITIONS = migrations.findIndex(({ name }) => name.startsWith('PartitionsOfTheLog'));

const addFacts = (db: TestDatabase, from: number, through: number) =>
  db.query(
    `WITH facts AS (
       INSERT INTO outbox_log (seq, id, event_id, type, lead_id, payload, occurred_at)
       SELECT n, n, gen_random_uuid(), 'lead.updated', n % 10, jsonb_build_object('n', n), now()
         FROM generate_series($1::bigint, $2) n RETURNING seq)
     UPDATE outbox_head SET seq = (SELECT max(seq) FROM facts)`,
    [from, through],
  );
const factsOf = async (db: TestDatabase) =>
  (
    await db.query<{ fact: string }>('SELECT row_to_json(l)::text AS fact FROM outbox_log l ORDER BY seq')
  ).map(({ fact }) => fact);

describe('the migration to partitions of the log', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await createDatabase({ from: 'empty' });
  });
  afterEach(() => db.drop());

  async function migrated<Result>(
    count: number,
    work: (dataSource: DataSource) => Promise<Result>,
  ): Promise<Result> {
    const options = dataSourceOptions({ url: db.url, poolSize: 2, statementTimeoutMs: 0 });
    const dataSource = await new DataSource({
      ...options,
      migrations: migrations.slice(0, count),
    }).initialize();
    try {
      await dataSource.runMigrations();
      return await work(dataSource);
    } finally {
      await dataSource.destroy();
    }
  }
  const fileOf = async (table: string) =>
    (await db.query<{ file: string }>('SELECT pg_relation_filenode($1)::text AS file', [table]))[0]?.file;

  it('makes the table that is there the first partition, as it is, and takes back all facts', async () => {
    await migrated(PARTITIONS, async () => addFacts(db, 1, 3_000));
    const [facts, file] = [await factsOf(db), await fileOf('outbox_log')];
    await migrated(PARTITIONS + 1, async (dataSource) => {
      expect(await factsOf(db)).toEqual(facts);
      expect(await fileOf('outbox_log_0')).toBe(file);
      await addFacts(db, 3_001, 3_010);
      // Into the partitions ahead, and beside what a housekeeping that was killed has left.
      await addFacts(db, 1_000_000, 1_000_005);
      await db.query('CREATE TABLE outbox_log_7000000 (seq bigint)');
      const all = await factsOf(db);
      await dataSource.undoLastMigration();
      expect(await factsOf(db)).toEqual(all);
      expect(all).toHaveLength(3_016);
      expect(await tablesOfLog(db)).toEqual([]);
    });
    await migrated(PARTITIONS + 1, async () => expect(await factsOf(db)).toHaveLength(3_016));
    expect((await partitionsOf(db)).map(({ from, to }) => [from, to])).toEqual([
      [0, 2_000_000],
      [2_000_000, 3_000_000],
      [3_000_000, 4_000_000],
    ]);
  });
});

describe('a backup of a log that has come far', () => {
  it('is restored into a database whose log has just begun, and goes on from there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rota-backup-'));
    const [source, target] = [await createDatabase(), await createDatabase()];
    try {
      await source.query('UPDATE outbox_head SET seq = 57000000');
      await source.query('SELECT outbox_log_make_room(1000000, 2)');
      await addFacts(source, 57_000_001, 57_000_020);
      await addFacts(source, 58_000_001, 58_000_003);
      await copyDatabase('backUp', source, join(folder, 'backup'));
      await copyDatabase('restore', target, join(folder, 'backup'));
      expect(await factsOf(target)).toEqual(await factsOf(source));
      expect(await partitionsOf(target)).toHaveLength(3);

      await target.query(EFFECTS);
      const outbox = await startOutbox(target.url, [aConsumer('points')]);
      await outbox.append({ type: 'lead.updated', leadId: 1 });
      await eventually(async () =>
        expect(await target.query('SELECT seq FROM effects')).toEqual([{ seq: '58000004' }]),
      );
      await outbox.stop();
    } finally {
      await source.drop();
      await target.drop();
      rmSync(folder, { recursive: true });
    }
  });

  async function copyDatabase(what: 'backUp' | 'restore', db: TestDatabase, folder: string): Promise<void> {
    const code = `import('./scripts/lib/database-copy.mjs').then((copy) => copy.${what}(process.argv[1], process.argv[2]))`;
    const copying = spawn(process.execPath, ['-e', code, db.url, folder], {
      cwd: join(__dirname, '..'),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(copying, 'exit')).toEqual([0, null]);
  }
});
