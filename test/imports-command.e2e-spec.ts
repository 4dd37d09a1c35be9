import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestApp, TestApp } from './support/app.js';
import { anNpi } from './support/builders.js';
import { eventually } from './support/eventually.js';
import { OwnProcess, runToEnd } from './support/own-process.js';

jest.setTimeout(180_000);

const EXPORT = join(__dirname, 'fixtures', 'legacy-export.json');

let api: TestApp;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rota-import-'));
  api = await startTestApp({ FILES_DIR: folder });
});
afterEach(async () => {
  await api.db.query('DELETE FROM leads');
  await api.db.query('DELETE FROM imports');
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

const settings = () => ({ DATABASE_URL: api.db.url, INIT_CWD: folder, FILES_DIR: folder });
const command = (...args: string[]) => runToEnd('imports/import-leads', settings(), args);
const leadCount = async (where = 'true') =>
  Number((await api.db.query<{ n: string }>(`SELECT count(*) AS n FROM leads WHERE ${where}`))[0]?.n);

/** Made-up practices as JSON lines, every fourth without an NPI. */
const generatedRows = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      practice_name: `Practice ${index}`,
      npi: index % 4 === 0 ? null : anNpi(),
      practice_phone: '(410) 555-0142',
      state: 'MD',
    }),
  ).join('\n');

describe('npm run leads:import', () => {
  it('prints refused rows and a summary, and no EIN', async () => {
    writeFileSync(join(folder, 'leads.csv'), `npi,practice_name,ein\n${anNpi()},Harbor,98-76\n,,\n`);
    const { code, stdout } = await command('leads.csv');
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^line 3: refused \(row: .*\)$/),
      '2 rows: 1 created, 0 there already, 1 refused; 1 repaired',
    ]);
    const quiet = await command('--quiet', EXPORT);
    expect(quiet.stdout.trim()).toMatch(/^7 rows: 5 created, 1 there already, 1 refused; \d repaired$/);
  });

  it('says in one line what is wrong, and exits 1', async () => {
    writeFileSync(join(folder, 'broken.csv'), 'npi,practice_name\n1234567893,Whole\n1245319599,"Broken');
    const [broken, absent, unknown, none] = await Promise.all([
      command('broken.csv'),
      command('absent.csv'),
      command('--fast'),
      command(),
    ]);
    expect([broken.code, absent.code, unknown.code, none.code]).toEqual([1, 1, 1, 1]);
    expect(broken.stderr).toMatch(/Line 3, column 2: a quotation mark was never closed/);
    expect(absent.stderr).toMatch(/absent.csv cannot be opened/);
    expect(unknown.stderr).toMatch(/--fast/);
    expect(broken.stderr + unknown.stderr).not.toMatch(/\n {4}at /);
    expect(none.stdout).toContain('npm run leads:import -- [--quiet]');
    expect(await leadCount()).toBe(0);
  });

  it('goes on after the last committed rows when it was killed and is given the same file again', async () => {
    writeFileSync(join(folder, 'many.jsonl'), generatedRows(5_000));
    const first = new OwnProcess('imports/import-leads', settings(), ['many.jsonl']);
    while ((await leadCount()) === 0 && !first.hasEnded) await sleep(20);
    await first.kill();
    const [kept] = await api.db.query<{ rows_done: number; state: string }>(
      'SELECT rows_done, state FROM imports',
    );
    expect(kept).toMatchObject({ state: 'running' });
    expect(kept?.rows_done).toBeGreaterThan(0);
    expect(kept?.rows_done).toBeLessThan(5_000);
    expect(await leadCount()).toBe(kept?.rows_done);

    const { code, stdout, stderr } = await command('--quiet', 'many.jsonl');
    expect(code).toBe(0);
    expect(stderr).toMatch(/Going on after row \d+/);
    expect(stdout).toMatch(/^5000 rows: 5000 created, 0 there already, 0 refused/);
    expect(await leadCount()).toBe(5_000);
    expect(await leadCount('npi IS NULL')).toBe(1_250);
  });
});

describe('an import whose server was killed', () => {
  it('is finished by the next server that starts, exactly once', async () => {
    writeFileSync(join(folder, 'others.jsonl'), generatedRows(4_000));
    const first = new OwnProcess('imports/import-leads', settings(), ['others.jsonl']);
    while ((await leadCount()) === 0 && !first.hasEnded) await sleep(20);
    await first.kill();
    const server = await startTestApp({ BACKGROUND_JOBS: 'true', FILES_DIR: folder }, { beside: api });
    try {
      await eventually(async () => {
        const rows = await api.db.query('SELECT state, created FROM imports');
        expect(rows).toEqual([{ state: 'completed', created: 4_000 }]);
      }, 90_000);
    } finally {
      await server.stop();
    }
    expect(await leadCount()).toBe(4_000);
  });
});
