import 'reflect-metadata';
import { InvalidEnvironmentError, readEnv } from './config/env.js';
import { adoptDatabase } from './database/adopt-database.js';
import { summaryOfAdoption } from './database/describe-adoption.js';
import { migrate } from './database/migrate.js';
import { openDatabase } from './database/open-database.js';

const say = (line: string): void => console.log(line);

/** What a start does to the schema, and nothing else: for the job that goes before a rolling update. */
async function run(): Promise<void> {
  const database = await openDatabase(readEnv(process.env), say);
  try {
    const adoption = await adoptDatabase(database.url, { dryRun: false });
    if (adoption) summaryOfAdoption(adoption).forEach(say);
    const ran = await migrate(database.url);
    say(ran.length === 0 ? 'The schema is up to date' : `Migrated: ${ran.join(', ')}`);
  } finally {
    await database.close();
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    const { name, message } = error as Error;
    const isExpected =
      error instanceof InvalidEnvironmentError ||
      ['DataDirInUseError', 'AdoptionRefusedError', 'UnsupportedDatabaseError'].includes(name);
    console.error(isExpected ? message : error);
    process.exit(1);
  },
);
