// A wrong DELETE under write load: a base backup and the archive of the write-ahead log give back the moment before it, whole.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/lib/project.mjs';
import { call, Writers } from './lib/load.mjs';
import { insist, onStage, pause } from './lib/stage.mjs';

const require = createRequire(import.meta.url);
const { AuditVerification } = require(join(root, 'dist/src/audit/audit-verification.repository.js'));
const { own, takeBaseBackup, writeOwned } = require(join(root, 'dist/src/database/embedded-base-backup.js'));
const { startEmbeddedServer } = require(join(root, 'dist/src/database/embedded-server.js'));
const ARCHIVING = {
  wal_level: 'replica',
  archive_mode: 'on',
  // PostgreSQL runs it in the folder of the cluster. A file that is there already is never written over.
  archive_command: 'test ! -f ../archive/%f && cp %p ../archive/%f',
};
const WRITERS = 8;

export function drill() {
  const dataDir = mkdtempSync(join(tmpdir(), 'rota-drill-'));
  const archive = join(dataDir, 'archive');
  mkdirSync(archive);
  own(archive);
  return onStage((stage) => goBack(stage, archive), { leads: 20_000, dataDir, settings: ARCHIVING });
}

async function goBack(stage, archive) {
  const instance = await stage.startInstance();
  const { access_token: token } = await stage.signIn(instance.url);
  const writers = new Writers(() => ({ url: instance.url, token }), WRITERS);
  try {
    await writers.acknowledge(100, instance);
    const base = join(stage.dataDir, 'base');
    const client = await stage.pool.connect();
    await takeBaseBackup(client, join(stage.dataDir, 'postgresql'), base).finally(() => client.release());
    await writers.acknowledge(300, instance);
    await stage.signIn(instance.url, 'agent1');
    const head = await auditHead(stage.databaseUrl);

    const before = await noteMoment(stage.pool, writers);
    // Some of the writers' own leads among them, which makes their later writes fail.
    const { rowCount: deleted } = await stage.pool.query(
      'DELETE FROM leads WHERE state = (SELECT state FROM leads WHERE id = 1)',
    );
    await writers.acknowledge(100, instance);
    await writers.stop();
    await stage.stopInstance(instance);
    await archiveAll(stage.pool);
    await stage.postgres.stop();

    const { postgres, pool, seconds } = await recover(stage, base, archive, before.moment);
    try {
      return [
        `${deleted} leads of a state deleted under ${WRITERS} writers (${writers.summary()}); back at the moment before after ${seconds.toFixed(1)} s, from ${readdirSync(archive).length} files of the archive`,
        ...(await inspect(stage, { url: postgres.url, pool, writers, before, head })),
      ];
    } finally {
      await pool.end();
      await postgres.stop();
    }
  } finally {
    await writers.stop();
  }
}

/** What must be there after going back to now, and what cannot be. */
async function noteMoment(pool, writers) {
  const acknowledged = writers.soFar();
  const { rows } = await pool.query(
    'SELECT clock_timestamp()::text AS moment, (SELECT count(*)::int FROM leads) AS leads',
  );
  return { acknowledged, ...rows[0], sent: writers.soFar() };
}

/** The end of the audit trail's chain, once all that was written so far is in it. */
async function auditHead(url) {
  return AuditVerification.on(url, async (verification) => {
    const began = performance.now();
    for (;;) {
      const { pending, head } = await verification.verify();
      if (pending === 0 && head) return head;
      insist(
        performance.now() - began < 60_000,
        `After a minute ${pending} audit entries are not in the chain`,
      );
      await pause(100);
    }
  });
}

/** Until the log up to now is in the archive, which otherwise gets a file when it is full or `archive_timeout` old. */
async function archiveAll(pool) {
  const { rows } = await pool.query('SELECT pg_walfile_name(pg_switch_wal()) AS file');
  const began = performance.now();
  for (;;) {
    const { rows: state } = await pool.query(
      'SELECT last_archived_wal >= $1 AS is_there, last_failed_wal FROM pg_stat_archiver',
      [rows[0].file],
    );
    insist(!state[0].last_failed_wal, `${state[0].last_failed_wal} could not be archived`);
    if (state[0].is_there) return;
    insist(performance.now() - began < 60_000, `${rows[0].file} is not in the archive after a minute`);
    await pause(50);
  }
}

/** As an operator does it: the base backup, where the log is and until when. */
async function recover(stage, base, archive, moment) {
  const dataDir = join(stage.dataDir, 'recovered');
  mkdirSync(dataDir);
  stage.tellWatchman('folder', dataDir);
  cpSync(join(stage.dataDir, 'postgresql.password'), join(dataDir, 'postgresql.password'));
  const began = performance.now();
  const cluster = join(dataDir, 'postgresql');
  renameSync(base, cluster);
  // What the copy happened to hold of the log: all of it has to come from the archive.
  for (const name of readdirSync(join(cluster, 'pg_wal')).filter((file) => /^[\dA-F]{24}/.test(file)))
    rmSync(join(cluster, 'pg_wal', name));
  writeOwned(join(cluster, 'recovery.signal'), '');
  const postgres = await startEmbeddedServer({
    dataDir,
    say: () => undefined,
    settings: {
      restore_command: `cp '${archive}/%f' %p`,
      recovery_target_time: moment,
      recovery_target_action: 'promote',
    },
  });
  const pool = stage.connect(postgres.url);
  while ((await pool.query('SELECT pg_is_in_recovery() AS is_recovering')).rows[0].is_recovering) {
    insist(performance.now() - began < 120_000, 'Still recovering after two minutes');
    await pause(50);
  }
  return { postgres, pool, seconds: (performance.now() - began) / 1000 };
}

async function inspect(stage, { url, pool, writers, before, head }) {
  const instance = await stage.startInstance({ DATABASE_URL: url });
  const delivered = await stage.outboxIsDelivered(instance, pool);
  const { lost, halfDone } = await writers.check(pool, before.acknowledged);
  insist(
    lost === 0 && halfDone === 0,
    `${lost} leads lost a write from before the moment, ${halfDone} half done`,
  );
  const { rows } = await pool.query(
    `SELECT count(*)::int AS leads,
            json_object_agg(id, substring(city FROM '^City (\\d+)$')::int) FILTER (WHERE id <= $1) AS numbers FROM leads`,
    [WRITERS],
  );
  insist(rows[0].leads === before.leads, `${rows[0].leads} leads of ${before.leads}`);
  const late = [...before.sent].filter(([id, { sent }]) => rows[0].numbers[id] > sent).length;
  insist(late === 0, `${late} leads have a write from after the moment`);
  const verdict = await AuditVerification.on(url, async (verification) => ({
    ...(await verification.verify()),
    passesThrough: await verification.passesThrough(head),
  }));
  insist(!verdict.fault && verdict.passesThrough, `The audit trail is broken: ${JSON.stringify(verdict)}`);

  const { access_token: token } = await stage.signIn(instance.url);
  const edit = { method: 'PUT', path: '/api/v1/leads/1', token, body: { city: 'Back again' } };
  const { status } = await call(instance.url, edit);
  insist(status === 200, `An edit answered ${status}`);
  await stage.outboxIsDelivered(instance, pool);
  return [
    `${rows[0].leads} leads of ${before.leads}; acknowledged before the moment and lost: ${lost}; from after it: ${late}; half done: ${halfDone}`,
    `every fact delivered ${delivered.toFixed(1)} s after the start; the audit trail whole, ${verdict.entries} entries; sign-in and edit work, and the edit's fact is delivered`,
  ];
}
