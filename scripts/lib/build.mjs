import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, say } from './project.mjs';
import { run } from './run.mjs';

/**
 * What a build consists of. A step runs when one of its inputs (files, or folders with all that is in them) has
 * changed since it last succeeded, or when one of its outputs is gone.
 */
const steps = [
  {
    name: 'server',
    inputs: [
      'src',
      'migrations',
      'ormconfig.ts',
      'tsconfig.json',
      'tsconfig.build.json',
      'package.json',
      'package-lock.json',
    ],
    outputs: ['dist/src', 'dist/migrations', 'dist/ormconfig.js', 'dist/build.tsbuildinfo'],
    command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  },
  {
    name: 'web client',
    // Beside its own: the rules of fields that it shares with the server.
    inputs: ['web', 'src/enums', 'src/leads/fields', 'package.json', 'package-lock.json'],
    outputs: ['dist/web'],
    command: ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
  },
];

/** @param {{ always?: boolean, only?: string }} [options] always: also what is up to date; only: one step's name */
export async function build({ always = false, only } = {}) {
  for (const step of steps.filter(({ name }) => only === undefined || name === only)) {
    const stamp = join(root, 'dist', 'stamps', step.name);
    const state = stateOf(step.inputs);
    if (!always && isFresh(step, stamp, state)) continue;
    say(`Building the ${step.name}`);
    // Nothing of an earlier build may outlive its source.
    for (const path of [stamp, ...step.outputs.map((output) => join(root, output))]) {
      rmSync(path, { recursive: true, force: true });
    }
    const code = await run(process.execPath, step.command, { cwd: root });
    if (code !== 0) {
      console.error(`The ${step.name} could not be built; the lines above say why`);
      process.exit(code);
    }
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, state);
  }
}

function isFresh(step, stamp, state) {
  return (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === state &&
    step.outputs.every((output) => existsSync(join(root, output)))
  );
}

/** Digest of names and contents: times of change mean nothing after a checkout. */
function stateOf(inputs) {
  const digest = createHash('sha256').update(process.versions.node);
  for (const path of inputs.flatMap(filesIn)) {
    digest.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return digest.digest('hex');
}

function filesIn(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesIn(`${path}/${entry.name}`) : [`${path}/${entry.name}`]))
    .sort();
}
