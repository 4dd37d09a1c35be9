import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { InvalidEnvironmentError, readEnv } from '../config/env.js';
import { openDatabaseBeside } from '../database/open-database.js';
import { AuditFault, AuditVerification } from './audit-verification.repository.js';

const USAGE = `Computes the chain of the audit trail anew and names the first entry that is not as it was written:
  npm run audit:verify
  npm run audit:verify -- --passes-through POSITION:HASH   also compares with an end of the chain that was logged earlier
Exit: 0 whole, 1 broken, 2 could not be read.`;

const WORDS: Readonly<Record<AuditFault['fault'], string>> = {
  changed: 'it, or one before it in the chain, was changed',
  deleted: 'it was deleted',
  out_of_place: 'its place in the chain was changed, or the entry before it removed',
  never_sealed: 'it was slipped in beside the chain',
  origin_changed: 'where it came from was changed',
};

class UsageError extends Error {}

async function run(): Promise<boolean> {
  const { values } = parseArgs({
    options: { 'passes-through': { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return true;
  }
  const anchor = readAnchor(values['passes-through']);
  const database = await openDatabaseBeside(readEnv(process.env), (line) => console.error(line));
  try {
    return await AuditVerification.on(database.url, (verification) => report(verification, anchor));
  } finally {
    await database.close();
  }
}

async function report(
  verification: AuditVerification,
  anchor: ReturnType<typeof readAnchor>,
): Promise<boolean> {
  const { entries, pending, head, fault } = await verification.verify();
  if (fault) {
    const place = fault.position === null ? 'outside the chain' : `position ${fault.position}`;
    console.log(`Broken: entry ${fault.entryId} (${place}): ${WORDS[fault.fault]}`);
    return false;
  }
  if (anchor && !(await verification.passesThrough(anchor))) {
    console.log(`Broken: the chain has another hash at position ${anchor.position}, or does not reach it`);
    return false;
  }
  const end = head ? `; its end is ${head.position}:${head.hash}` : '';
  console.log(`Whole: ${entries} entries, ${pending} of them not in the chain yet${end}`);
  return true;
}

function readAnchor(text: string | undefined): { position: number; hash: string } | undefined {
  if (text === undefined) return undefined;
  const [, position, hash] = /^(\d{1,15}):([\da-f]{64})$/.exec(text) ?? [];
  if (!position || !hash) throw new UsageError(`--passes-through must be POSITION:HASH\n\n${USAGE}`);
  return { position: Number(position), hash };
}

run().then(
  (isWhole) => process.exit(isWhole ? 0 : 1),
  (error: unknown) => {
    const isExpected = error instanceof UsageError || error instanceof InvalidEnvironmentError;
    const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
    console.error(isExpected || isUsage ? (error as Error).message : error);
    process.exit(2);
  },
);
