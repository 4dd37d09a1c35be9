import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/project.mjs';
import { freePort } from './free-port.mjs';

/**
 * A PgBouncer in front of a database, set up as `deploy/pgbouncer` says.
 *
 * @param {string} program path of PgBouncer
 * @param {string} databaseUrl
 * @param {string} folder that it may write to
 */
export async function startPooler(program, databaseUrl, folder) {
  const { hostname, port, pathname, username, password } = new URL(databaseUrl);
  const own = String(await freePort());
  const file = (name, text) => {
    writeFileSync(join(folder, name), text, { mode: 0o644 });
    return join(folder, name);
  };
  const users = file('pooler-users.txt', `"${username}" "${decodeURIComponent(password)}"\n`);
  const settings = readFileSync(join(root, 'deploy/pgbouncer/pgbouncer.ini'), 'utf8')
    .replace(/^rota = host=\S+ port=\S+ dbname=\S+/m, `${pathname.slice(1)} = host=${hostname} port=${port}`)
    .replace(/^listen_addr = .*/m, 'listen_addr = 127.0.0.1')
    .replace(/^listen_port = .*/m, `listen_port = ${own}`)
    .replace(/^auth_file = .*/m, `auth_file = ${users}`);
  chmodSync(folder, 0o755);
  const args = [file('pooler.ini', `${settings}unix_socket_dir =\n`)];
  // It does not run as root.
  if (process.getuid?.() === 0) args.unshift('-u', 'nobody');
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const lines = [];
  await new Promise((done, fail) => {
    child.stderr.on('data', (text) => {
      lines.push(String(text));
      if (/process up/.test(String(text))) done();
    });
    child.once('error', fail);
    child.once('exit', () => fail(new Error(`The pooler ended:\n${lines.join('')}`)));
  });
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${own}`;
  return { url: url.href, pid: child.pid, stop: () => child.kill('SIGKILL') };
}
