// A backup taken under write load, restored into an empty database: whole, as of one moment, and usable.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp, restore } from '../scripts/lib/database-copy.mjs';
import { root } from '../scripts/lib/project.mjs';
import { call, Writers } from './lib/load.mjs';
import { insist, onStage } from './lib/stage.mjs';

const { migrate } = createRequire(import.meta.url)(join(root, 'dist/src/database/migrate.js'));

export const drill = () =>
  onStage(
    async (stage) => {
      const instance = await stage.startInstance();
      const { access_token: token } = await stage.signIn(instance.url);
      const writers = new Writers(() => ({ url: instance.url, token }), 8);
      await writers.acknowledge(100, instance);
      const acknowledged = new Map([...writers.leads].map(([id, state]) => [id, state.acknowledged]));
      const parent = mkdtempSync(join(tmpdir(), 'rota-backup-'));
      try {
        const folder = join(parent, 'backup');
        const began = performance.now();
        const rows = await backUp(stage.databaseUrl, folder);
        const tookBackup = performance.now() - began;
        await writers.stop();

        await stage.pool.query('CREATE DATABASE restored');
        const url = new URL(stage.databaseUrl);
        url.pathname = '/restored';
        await migrate(url.href);
        const again = performance.now();
        await restore(url.href, folder);
        const tookRestore = performance.now() - again;
        const refused = await restore(url.href, folder).then(
          () => false,
          () => true,
        );
        insist(refused, 'A backup was restored over data');

        const restored = stage.connect(url.href);
        const check = await restored.query(
          `SELECT l.id, substring(l.city FROM '^City (\\d+)$')::int AS number,
                  l.version = 1 + (SELECT count(*) FROM lead_history h WHERE h.lead_id = l.id) AS is_whole
             FROM leads l WHERE l.id <= 8`,
        );
        const lost = check.rows.filter(({ id, number }) => number < acknowledged.get(id)).length;
        const torn = check.rows.filter(({ is_whole }) => !is_whole).length;
        insist(lost === 0 && torn === 0, `${lost} writes from before the backup lost, ${torn} leads torn`);

        const second = await stage.startInstance({ DATABASE_URL: url.href });
        const signedIn = await stage.signIn(second.url);
        const edit = {
          method: 'PUT',
          path: '/api/v1/leads/1',
          token: signedIn.access_token,
          body: { city: 'Restored' },
        };
        insist((await call(second.url, edit)).status === 200, 'The restored database takes no edit');
        const lead = {
          method: 'POST',
          path: '/api/v1/leads',
          token: signedIn.access_token,
          body: { practice_name: 'After the restore' },
        };
        insist((await call(second.url, lead)).status === 201, 'The restored database takes no new lead');
        return [
          `${rows} rows backed up in ${(tookBackup / 1000).toFixed(1)} s under 8 writers, restored in ${(tookRestore / 1000).toFixed(1)} s`,
          'acknowledged before the backup and lost: 0; torn leads: 0; sign-in, edit and new lead work on the restored database; a second restore is refused',
        ];
      } finally {
        await writers.stop();
        rmSync(parent, { recursive: true, force: true });
      }
    },
    { leads: 20_000 },
  );
