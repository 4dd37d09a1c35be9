import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Starts a Node process and waits for the line that says where it listens.
 *
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<{ url: string, pid: number, memory: () => number (bytes, Linux only), said: string[], hasEnded: () => boolean, stop: (signal?: NodeJS.Signals) => Promise<void> }>} said: its last lines
 */
export async function startServer(args, env) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const said = [];
  const url = await new Promise((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/[\d.]+:\d+/.exec(line);
      if (found) done(found[0]);
      said.push(line);
      if (said.length > 1_000) said.shift();
    });
    child.once('exit', (code) => fail(new Error(`${args[0]} ended with ${code}`)));
  });
  return {
    url,
    pid: child.pid,
    memory: () => 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]),
    said,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await gone;
    },
  };
}
