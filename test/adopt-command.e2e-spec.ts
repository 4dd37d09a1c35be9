import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createDatabase, TestDatabase } from './support/database.js';
import { insertLegacyLead, legacyDatabase } from './support/legacy-database.js';

const ROOT = join(__dirname, '..');
const EIN = '521234567';

let db: TestDatabase;
afterEach(() => db.drop());

/** npm run db:adopt, without its build. */
function adopt(...args: string[]): { status: number | null; lines: string[]; stderr: string } {
  const script = ['--require', './test/support/run-typescript.cjs', 'src/adopt.ts', ...args];
  const env = { ...process.env, NODE_ENV: 'test', DATABASE_URL: db.url };
  const { status, stdout, stderr } = spawnSync(process.execPath, script, {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  return { status, lines: stdout.trimEnd().split('\n'), stderr };
}

describe('npm run db:adopt', () => {
  it('prints what it would do, what it did, and that nothing is left to do', async () => {
    db = await legacyDatabase(insertLegacyLead({ ein: EIN, zip_code: '21201.0' }));
    const rehearsed = adopt('--dry-run');
    expect(rehearsed.status).toBe(0);
    expect(rehearsed.lines.slice(1)).toEqual([
      'Dry run: adopting would take over',
      '  users: 5 of 5',
      '  leads: 4 of 4',
      '  activities: 2 of 2',
      '  achievements: 1 of 1',
      '  user_achievements: 1 of 1',
      '  notifications: 1 of 1',
      '  repairs and doubts: 2, each a row of legacy_v1.adoption_findings',
      '  leads.ein reformatted: 1 (The value was brought into the usual form.)',
      '    #10',
      '  leads.zip_code rewritten: 1 (The value was read as what an export had made of it.)',
      '    #10: "21201.0" → "21201"',
      'Nothing was changed',
    ]);

    const done = adopt();
    expect(done.lines[1]).toBe('Adopted the first version, which is kept in legacy_v1:');
    expect(done.lines.slice(2)).toEqual(rehearsed.lines.slice(2, -1));
    expect(adopt().lines[1]).toBe('There is no first-version database to adopt here; nothing was changed');
  });

  it('refuses a database of something else in one line', async () => {
    db = await createDatabase({ from: 'empty' });
    await db.query('CREATE TABLE users (login text)');
    const { status, stderr } = adopt();
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'The database already holds users, and they are not those of the first version (users.hashed_password). Nothing was changed; give Rota a database of its own, or rename them.',
    ]);
  });
});
