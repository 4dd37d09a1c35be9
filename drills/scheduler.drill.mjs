// Two instances with every schedule set to each minute: each minute has one job of each kind, not two.
import { insist, onStage, pause } from './lib/stage.mjs';

export const drill = () =>
  onStage(async (stage) => {
    const instances = [await stage.startInstance(), await stage.startInstance()];
    await stage.pool.query(`UPDATE rota_jobs.schedule SET cron = '* * * * *'`);
    const began = new Date();
    await pause(150_000);
    const { rows } = await stage.pool.query(
      `SELECT name, date_trunc('minute', created_on) AS minute, count(*)::int AS jobs
         FROM rota_jobs.job WHERE created_on > $1 AND name IN (SELECT name FROM rota_jobs.schedule)
        GROUP BY 1, 2 ORDER BY 1, 2`,
      [began],
    );
    const twice = rows.filter(({ jobs }) => jobs > 1);
    insist(rows.length > 0, 'No schedule ran');
    insist(twice.length === 0, `More than once a minute: ${JSON.stringify(twice)}`);
    const names = [...new Set(rows.map(({ name }) => name))];
    return [
      `two instances (${instances.length}), ${names.length} schedules (${names.join(', ')}), ${rows.length} runs in 150 s, none twice in its minute`,
    ];
  });
