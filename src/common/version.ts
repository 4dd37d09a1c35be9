import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The release, as package.json states it; found from the sources as well as from the build. */
export const version: string = readVersion(__dirname);

function readVersion(folder: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    if (name === 'rota' && version) return version;
  } catch {
    // look one folder up
  }
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json of Rota not found');
  return readVersion(parent);
}
