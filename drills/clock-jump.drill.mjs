// The clock of one of two instances jumps hours ahead and back under write load: nothing is lost, the database's clock counts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/lib/project.mjs';
import { call, Writers } from './lib/load.mjs';
import { insist, onStage, pause } from './lib/stage.mjs';

const JUMPS = [3 * 3600, -3 * 3600, 0];

export const drill = () =>
  onStage(async (stage) => {
    const folder = mkdtempSync(join(tmpdir(), 'rota-clock-'));
    const file = join(folder, 'seconds');
    writeFileSync(file, '0');
    try {
      const steady = await stage.startInstance();
      const jumpy = await stage.startInstance({ DRILL_CLOCK_FILE: file }, [
        '--require',
        join(root, 'drills/lib/shifted-clock.cjs'),
      ]);
      // Whoever is refused because their token is out of time signs in again, as clients do.
      const target = { url: jumpy.url, token: (await stage.signIn(jumpy.url)).access_token };
      const writers = new Writers(() => target, 8);
      const seen = [];
      for (const seconds of JUMPS) {
        writeFileSync(file, String(seconds));
        await pause(500);
        const old = await call(jumpy.url, { path: '/auth/me', token: target.token });
        target.token = (await stage.signIn(jumpy.url)).access_token;
        const elsewhere = await call(steady.url, { path: '/auth/me', token: target.token });
        await writers.acknowledge(100, jumpy);
        seen.push(`${seconds / 3600} h: old token ${old.status}, new token elsewhere ${elsewhere.status}`);
      }
      await writers.stop();
      await stage.outboxIsDelivered(steady);
      const { lost, halfDone } = await writers.check(stage.pool);
      insist(lost === 0 && halfDone === 0, `${lost} writes lost, ${halfDone} half done`);
      const codes = [...writers.statuses.keys()].filter((status) => ![200, 401].includes(status));
      insist(codes.length === 0, `The writers met ${codes.join(', ')}: ${stage.firstFault(jumpy)}`);
      const { rows } = await stage.pool.query(
        `SELECT (SELECT count(*)::int FROM lead_history WHERE changed_at > now() + interval '1 minute') AS ahead,
                (SELECT count(*)::int FROM audit_entries WHERE occurred_at > now() + interval '1 minute') AS audited_ahead,
                (SELECT count(*)::int FROM outbox_log WHERE occurred_at > now() + interval '1 minute') AS told_ahead`,
      );
      insist(
        Object.values(rows[0]).every((count) => count === 0),
        `Rows from the future: ${JSON.stringify(rows[0])}`,
      );
      return [
        `jumps of one of two instances: ${seen.join('; ')}`,
        `writes: ${writers.summary()}; acknowledged and lost: ${lost}; half done: ${halfDone}; histories, facts and audit entries from the future: 0`,
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
