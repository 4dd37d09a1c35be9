import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { InvalidEnvironmentError, readEnv } from './config/env.js';
import { adoptDatabase } from './database/adopt-database.js';
import { AdoptionReport } from './database/adoption-report.js';
import { findingsOfAdoption, summaryOfAdoption } from './database/describe-adoption.js';
import { openDatabase } from './database/open-database.js';

const USAGE = `Adopts the first version's database in place:
  npm run db:adopt [-- --dry-run]
The database is the one that DATABASE_URL names, or the embedded one. With --dry-run everything is done, printed and taken back.`;

const say = (line: string): void => console.log(line);

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return say(USAGE);
  const dryRun = values['dry-run'] ?? false;
  const database = await openDatabase(readEnv(process.env), say);
  try {
    const report = await adoptDatabase(database.url, { dryRun });
    if (report) print(report, dryRun);
    else say('There is no first-version database to adopt here; nothing was changed');
  } finally {
    await database.close();
  }
}

function print(report: AdoptionReport, dryRun: boolean): void {
  say(
    dryRun ? 'Dry run: adopting would take over' : 'Adopted the first version, which is kept in legacy_v1:',
  );
  for (const line of [...summaryOfAdoption(report), ...findingsOfAdoption(report)]) say(line);
  if (dryRun) say('Nothing was changed');
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  },
);

/** What the operator can mend, without a stack; anything else whole. */
function explain(error: unknown): unknown {
  if (error instanceof InvalidEnvironmentError) return error.message;
  const { name, message, code } = error as Error & { code?: string };
  const isExpected =
    ['DataDirInUseError', 'AdoptionRefusedError', 'UnsupportedDatabaseError'].includes(name) ||
    code?.startsWith('ERR_PARSE_ARGS') === true;
  return isExpected ? message : error;
}
