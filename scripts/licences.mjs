// npm run licences: the licences of what runs in production; one that is not on the list is an error.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root, say } from './lib/project.mjs';

/** Those that ask for no more than to be named. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Those whose package.json says nothing. */
const STATED_ELSEWHERE = { 'pause@0.0.1': 'MIT' }; // in its Readme

requireNode();
await ensureInstalled();
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
const named = shipped.map(([path, entry]) => {
  const name = `${path.replace(/^.*node_modules\//, '')}@${entry.version}`;
  const licence = entry.license || licenceOf(manifestOf(path)) || STATED_ELSEWHERE[name] || 'none stated';
  return { name, licence };
});
/** `(MIT OR GPL-2.0)` lets us choose. */
const isAllowed = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => ALLOWED.has(part)));
const counts = new Map();
for (const { licence } of named) counts.set(licence, (counts.get(licence) ?? 0) + 1);
for (const [licence, count] of [...counts].sort(([, a], [, b]) => b - a))
  say(`${String(count).padStart(4)}  ${licence}`);
if (process.argv.includes('--list')) for (const { name, licence } of named) say(`${name}  ${licence}`);
const refused = named.filter(({ licence }) => !isAllowed(String(licence)));
for (const { name, licence } of refused)
  console.error(`${name}: ${licence} is not a licence that we may ship`);
process.exitCode = refused.length > 0 ? 1 : 0;

/** Packages of before 2015 have a list. */
function licenceOf({ license, licenses = [] }) {
  return license ?? licenses.map(({ type }) => type).join(' OR ');
}

function manifestOf(path) {
  try {
    return JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
  } catch {
    return {};
  }
}
