import { spawn } from 'node:child_process';

/**
 * Runs a command with our terminal as its own. A signal that ends us meanwhile ends it too.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + signal number when a signal ended it, as in a shell
 */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const settle = (answer, value) => {
      for (const signal of signals) process.off(signal, pass);
      answer(value);
    };
    child.once('error', (error) => settle(fail, error));
    child.once('close', (code, signal) => settle(done, code ?? 128 + numberOf(signal)));
  });
}

const numberOf = (signal) => ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 })[signal] ?? 1;
