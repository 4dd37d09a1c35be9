import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { startTestApp, TestApp } from './support/app.js';

const PAGE = '<!doctype html><title>Rota</title>';
const SCRIPT = 'console.log("Rota")';

let folder: string;
let api: TestApp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rota-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'theme.js'), '// theme');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'index-abc.js.br'), brotliCompressSync(SCRIPT));
  api = await startTestApp({ WEB_ROOT: folder });
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});

const open = (path: string, headers: Record<string, string> = { accept: 'text/html,*/*;q=0.8' }) =>
  fetch(api.url + path, { headers });

describe('the web client', () => {
  it('is at every address that a person may open, and asked for anew each time', async () => {
    for (const path of ['/', '/leads', '/leads/7?edit=true', '/index.html']) {
      const answer = await open(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(await answer.text()).toBe(PAGE);
    }
  });

  it('has its hashed files kept for a year, compressed beforehand', async () => {
    const answer = await open('/assets/index-abc.js', { 'accept-encoding': 'br' });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(await answer.text()).toBe(SCRIPT);
    expect((await open('/theme.js', {})).headers.get('cache-control')).toBe('no-cache');
  });

  it('does not stand in for what a program asked for and is not there', async () => {
    for (const path of ['/api/v1/nothing', '/auth/nothing', '/assets/index-old.js', '/health/nothing']) {
      const answer = await open(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      await answer.arrayBuffer();
    }
    expect((await open('/leads', { accept: 'application/json' })).status).toBe(404);
  });

  it('leaves the API where it is', async () => {
    expect((await open('/api/v1/leads')).status).toBe(401);
    expect((await open('/health/live')).status).toBe(200);
    expect((await open('/docs')).status).toBe(200);
  });

  it('gives away no file beside it', async () => {
    for (const path of [
      '/..%2f..%2fetc%2fpasswd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%2f..%2f..%2fetc%2fpasswd',
    ]) {
      expect(await (await open(path)).text()).not.toContain('root:');
    }
  });
});
