import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './project.mjs';
import { run } from './run.mjs';

/** Installs what package-lock.json names, unless node_modules holds just that already. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  say('Installing dependencies (npm ci)');
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev'];
  // The npm that runs us, so that a machine with several takes the same one.
  const npm = process.env.npm_execpath;
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { cwd: root })
    : await run('npm', args, { cwd: root, shell: process.platform === 'win32' });
  if (code !== 0) {
    console.error('The dependencies could not be installed; the lines above say why');
    process.exit(code);
  }
}

/** npm writes the list of what it installed when it is done: a cut-off installation leaves no list, or an old one. */
function isInstalled() {
  const locked = packagesIn('package-lock.json');
  const installed = packagesIn('node_modules/.package-lock.json');
  if (!installed) return false;
  const isThere = ([path, { integrity, optional }]) =>
    path === '' || (installed[path] ? installed[path].integrity === integrity : Boolean(optional));
  return Object.entries(locked).every(isThere) && Object.keys(installed).every((path) => path in locked);
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read: ${error.message}`);
  }
}
