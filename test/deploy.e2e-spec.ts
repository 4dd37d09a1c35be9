import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readEnv } from '../src/config/env.js';
import { startTestApp, type TestApp } from './support/app.js';

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Manifest {
  kind: string;
  metadata?: { name: string };
  spec: { template?: { spec: { containers: Container[]; volumes?: { name: string }[] } } };
  resources?: string[];
}
interface Container {
  command?: string[];
  env?: { name: string; value: string }[];
  volumeMounts?: { name: string }[];
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  startupProbe?: Probe;
}
interface Probe {
  httpGet: { path: string };
}

const documentsOf = (path: string): Manifest[] =>
  parseAllDocuments(read(path)).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });
const manifests = readdirSync(join(root, 'deploy/kubernetes')).flatMap((file) =>
  documentsOf(`deploy/kubernetes/${file}`),
);
const containers = manifests.flatMap(({ spec }) => spec?.template?.spec.containers ?? []);

/** As it stands in code of a container: the source that the file is built from. */
const sourceOf = (built: string): string => join(root, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));

let api: TestApp;
beforeAll(async () => {
  api = await startTestApp();
});
afterAll(() => api.stop());

describe('what is deployed', () => {
  it('sets only settings that there are, to values that they take', () => {
    const known = new Set([...read('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name));
    const set = containers.flatMap(({ env = [] }) => env);
    const image = [...read('deploy/Dockerfile').matchAll(/([A-Z_]+)=(\S+)/g)].map(
      ([, name = '', value = '']) => ({
        name,
        value,
      }),
    );
    expect(set.length).toBeGreaterThan(3);
    for (const { name } of [...set, ...image]) expect(known).toContain(name);
    const values = Object.fromEntries([...image, ...set].map(({ name, value }) => [name, value]));
    expect(() => readEnv({ ...values, JWT_SECRET: 'x'.repeat(32) })).not.toThrow();
  });

  it('runs files that the build makes, and lists every manifest', () => {
    const commands = [...containers.flatMap(({ command = [] }) => command), 'dist/src/main.js'];
    const scripts = commands.filter((word) => word.startsWith('dist/'));
    expect(scripts).toContain('dist/src/migrate-database.js');
    for (const script of scripts) expect(existsSync(sourceOf(script))).toBe(true);
    const files = readdirSync(join(root, 'deploy/kubernetes')).filter(
      (file) => !['kustomization.yaml', 'secret.example.yaml'].includes(file),
    );
    const listed = manifests.find(({ kind }) => kind === 'Kustomization')?.resources ?? [];
    expect([...listed].sort()).toEqual(files.sort());
  });

  it('probes addresses that answer', async () => {
    const paths = new Set(
      containers.flatMap(({ readinessProbe, livenessProbe, startupProbe }) =>
        [readinessProbe, livenessProbe, startupProbe].flatMap((probe) => (probe ? [probe.httpGet.path] : [])),
      ),
    );
    expect(paths.size).toBeGreaterThan(0);
    for (const path of paths) expect((await fetch(api.url + path)).status).toBe(200);
  });

  it('mounts only volumes that there are', () => {
    for (const { spec, metadata } of manifests) {
      const pod = spec?.template?.spec;
      const volumes = (pod?.volumes ?? []).map(({ name }) => name);
      const mounts = (pod?.containers ?? []).flatMap(({ volumeMounts = [] }) => volumeMounts);
      expect([
        metadata?.name,
        ...mounts.map(({ name }) => name).filter((name) => !volumes.includes(name)),
      ]).toEqual([metadata?.name]);
    }
  });
});

describe('what is watched', () => {
  it('alerts and draws only figures that the process tells', async () => {
    await fetch(`${api.url}/health`);
    const told = new Set(
      [...(await (await fetch(`${api.url}/metrics`)).text()).matchAll(/^# TYPE (\S+)/gm)].map(
        ([, name]) => name,
      ),
    );
    const rules = documentsOf('deploy/observability/alerts.yaml') as unknown as {
      groups: { rules: { expr: string; annotations: Record<string, string> }[] }[];
    }[];
    const alerts = rules.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
    const { panels } = JSON.parse(read('deploy/observability/dashboard.json')) as {
      panels: { targets: { expr: string }[] }[];
    };
    const expressions = [...alerts, ...panels.flatMap(({ targets }) => targets)].map(({ expr }) => expr);
    const names = expressions.flatMap((expr) =>
      [
        ...expr.matchAll(/\b(?:http|database|outbox|realtime|replica|webhook|process|nodejs)_[a-z0-9_]+/g),
      ].map(([name]) => name.replace(/_(count|sum|bucket)$/, '')),
    );
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(told).toContain(name);
    for (const { annotations } of alerts) expect(annotations['action']).toMatch(/\.$/);
  });
});
