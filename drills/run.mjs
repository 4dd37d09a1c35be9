// npm run drill -- NAME [NAME …] [--seconds 20] [--times 10] [--users 200] [--rows 100000]; without a name it lists them, `all` runs each.
import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../scripts/lib/build.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root, say } from '../scripts/lib/project.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '20' },
    times: { type: 'string', default: '10' },
    users: { type: 'string', default: '200' },
    rows: { type: 'string', default: '100000' },
  },
});
const settings = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, Number(value)]));
const known = readdirSync(join(root, 'drills'))
  .filter((file) => file.endsWith('.drill.mjs'))
  .map((file) => file.replace('.drill.mjs', ''));

const names = positionals.includes('all') ? known : positionals;
const unknown = names.filter((name) => !known.includes(name));
if (names.length === 0 || unknown.length > 0) {
  say(
    `${unknown.length > 0 ? `There is no drill ${unknown.join(', ')}. ` : ''}Drills: ${known.join(', ')}, all`,
  );
  process.exit(unknown.length > 0 ? 1 : 0);
}

await ensureInstalled();
await build({ only: 'server' });
let failed = 0;
for (const name of names) {
  const began = performance.now();
  say(`\n## ${name} (Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)})`);
  try {
    const { drill } = await import(`./${name}.drill.mjs`);
    for (const line of await drill(settings)) say(`- ${line}`);
    say(`passed after ${Math.round((performance.now() - began) / 1000)} s`);
  } catch (error) {
    failed += 1;
    say(`FAILED: ${error.stack ?? error}`);
  }
}
process.exit(failed > 0 ? 1 : 0);
