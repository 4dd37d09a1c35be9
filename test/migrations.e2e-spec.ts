import { DataSource } from 'typeorm';
import { entities } from '../ormconfig.js';
import { dataSourceOptions } from '../src/database/data-source-options.js';
import { migrate } from '../src/database/migrate.js';
import { createDatabase, TestDatabase } from './support/database.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await createDatabase({ from: 'empty' });
});
afterEach(() => database.drop());

async function withDataSource<Result>(work: (dataSource: DataSource) => Promise<Result>): Promise<Result> {
  const settings = { url: database.url, poolSize: 2, statementTimeoutMs: 0 };
  const dataSource = await new DataSource({ ...dataSourceOptions(settings), entities }).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

const objects = () =>
  database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
      UNION ALL SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY 1`,
  );

describe('migrations', () => {
  it('leave no drift between the entities and the schema', async () => {
    await migrate(database.url);
    const drift = await withDataSource((dataSource) => dataSource.driver.createSchemaBuilder().log());
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('go down to nothing and up again', async () => {
    await migrate(database.url);
    await withDataSource(async (dataSource) => {
      for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
    });
    expect((await objects()).map(({ name }) => name)).toEqual([
      'schema_migrations',
      'schema_migrations_id_seq',
    ]);
    expect(await migrate(database.url)).not.toEqual([]);
  });

  it('run once when two instances start together', async () => {
    const ran = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await migrate(database.url)).toEqual([]);
  });
});
