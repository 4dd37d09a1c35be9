import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute folder of the project. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const say = (line) => console.log(line);

/** Ends with one line when this Node is older than `engines` in package.json asks for. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = engines.node.replace('>=', '');
  if (isOlder(process.versions.node, wanted)) {
    console.error(`Rota needs Node ${wanted} or newer; this is Node ${process.versions.node}`);
    process.exit(1);
  }
}

function isOlder(version, than) {
  const [major, minor = 0] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor = 0] = than.split('.').map(Number);
  return major === wantedMajor ? minor < wantedMinor : major < wantedMajor;
}
