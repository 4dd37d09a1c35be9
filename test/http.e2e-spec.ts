import { once } from 'node:events';
import { connect } from 'node:net';
import { Actor, aUser, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';

let api: TestApp;
let admin: Actor;
let http: Client;
beforeAll(async () => {
  api = await startTestApp({ BODY_LIMIT_BYTES: '20000' });
  admin = await aUser(api.db, { role: 'admin' });
  http = client(api.url).as(admin);
});
afterAll(() => api.stop());

describe('a request that cannot be understood', () => {
  const post = (body: unknown, headers?: Record<string, string>) => http.post('/api/v1/leads', body, headers);

  it('is 400 when its JSON is malformed', async () => {
    expect(await post('{"practice_name": ')).toBeProblem(400, 'malformed-request');
    expect(await post('{"practice_name": "Harbor" "city": "Baltimore"}')).toBeProblem(400);
  });

  it('is 400 when its JSON reaches for a prototype', async () => {
    expect(await post('{"__proto__": {"role": "admin"}}')).toBeProblem(400);
    expect(await post('{"constructor": {"prototype": {"role": "admin"}}}')).toBeProblem(400);
  });

  it('is 400 when its JSON is nested without end', async () => {
    for (const [opening, closing] of [
      ['[', ']'],
      ['{"filter":', '}'],
    ] as const) {
      const nested = (depth: number) => `${opening.repeat(depth)}1${closing.repeat(depth)}`;
      expect(await post(nested(1_500))).toBeProblem(400, 'malformed-request');
      expect(await post(nested(33))).toBeProblem(400, 'malformed-request');
      expect(await post(nested(32))).toBeProblem(422, 'validation-failed');
    }
  });

  it('is 400 when its text has half of a character', async () => {
    for (const text of ['\\ud83d', 'x\\uDE00']) {
      expect(await post(`{"practice_name": "${text}"}`)).toBeProblem(400, 'malformed-text');
    }
    expect((await post('{"practice_name": "\\ud83d\\ude00 \\\\ud83d"}')).status).toBe(201);
  });

  it('is 422 when a time is one that the database does not know', async () => {
    for (const time of ['2025-W30-2', '2025-07-22T16:30:00,5Z', '0000-01-01', '2025-07-22T16:30:00+23:59']) {
      const query = `?created_from=${encodeURIComponent(time)}`;
      expect(await http.get(`/api/v1/leads${query}`)).toBeProblem(422, 'validation-failed');
    }
    for (const time of ['2025-07-22', '2025-07-22T16:30Z', '2025-07-22T24:00:00.5-07:00']) {
      const query = `?created_from=${encodeURIComponent(time)}`;
      expect((await http.get(`/api/v1/leads${query}`)).status).toBe(time.includes('24:00') ? 422 : 200);
    }
  });

  it('is 422 when its JSON is no object', async () => {
    for (const body of ['[]', '[{"city": "Baltimore"}]', '"text"', '7', 'null', 'true']) {
      expect(await post(body)).toBeProblem(422, 'validation-failed');
    }
  });

  it('is refused when a body is wanted and none comes', async () => {
    const lead = await aLead(api.db);
    const headers = { 'content-type': 'application/json' };
    expect(await http.put(`/api/v1/leads/${lead.id}`, undefined, headers)).toBeProblem(400, 'no-fields');
    expect(await http.put(`/api/v1/leads/${lead.id}`)).toBeProblem(400, 'no-fields');
  });

  it('is 415 when it is no JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense']) {
      expect(await post('city=Baltimore', { 'content-type': type })).toBeProblem(
        415,
        'unsupported-media-type',
      );
    }
  });

  it('is 413 when it is too large, whether or not it says so beforehand', async () => {
    const body = JSON.stringify({ practice_name: 'x'.repeat(30_000) });
    expect(await post(body)).toBeProblem(413, 'content-too-large');
    const chunked = await fetch(`${api.url}/api/v1/leads`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await signIn(api.url, admin)}`,
        'content-type': 'application/json',
      },
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    await chunked.arrayBuffer();
  });

  it('is 400 when its address cannot be decoded', async () => {
    expect(await http.get('/api/v1/leads/%zz')).toBeProblem(400, 'malformed-request');
    expect(await http.get('/api/v1/leads/%')).toBeProblem(400, 'malformed-request');
  });

  it('is 404 when there is nothing at its address, signed in or not', async () => {
    for (const path of ['/', '/api/v1/nothing', '/api/v1/leads/1/nothing', '/..%2f..%2fetc%2fpasswd']) {
      expect(await http.get(path)).toBeProblem(404, 'not-found');
      expect(await client(api.url).get(path)).toBeProblem(404, 'not-found');
    }
    expect(await http.patch('/health')).toBeProblem(404, 'not-found');
  });

  it('is told so in plain HTTP too', async () => {
    expect(await answerTo('GET /health HTTP/1.1\r\nno header\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    expect(
      await answerTo(`GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
    ).toMatch(/^HTTP\/1.1 431 /);
    expect((await http.get('/health')).status).toBe(200);
  });
});

describe('every answer', () => {
  it('carries security headers', async () => {
    for (const path of ['/health', '/api/v1/leads', '/nothing']) {
      const { headers } = await http.get(path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.has('x-powered-by')).toBe(false);
      expect(headers.has('server')).toBe(false);
    }
  });

  it("carries the caller's request id, or one of our own", async () => {
    const own = await http.get('/health', { 'x-request-id': 'order-66:a.b' });
    expect(own.headers.get('x-request-id')).toBe('order-66:a.b');
    for (const harmful of ['a b', 'x'.repeat(65), '<script>']) {
      const { headers } = await http.get('/health', { 'x-request-id': harmful });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('is compressed when the caller can read that', async () => {
    const page = await fetch(`${api.url}/openapi.json`, { headers: { 'accept-encoding': 'br' } });
    expect(page.headers.get('content-encoding')).toBe('br');
    await page.arrayBuffer();
  });
});

describe('a browser on another origin', () => {
  const preflight = (origin: string) =>
    http.request('OPTIONS', '/api/v1/leads/1', {
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type,if-match',
      },
    });

  it('may call us when it is configured', async () => {
    const { status, headers } = await preflight('http://localhost:3000');
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-methods')).toContain('PUT');
    expect(headers.get('access-control-allow-headers')).toContain('if-match');

    const answer = await http.get('/auth/me', { origin: 'http://localhost:3000' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('can read a refusal, too', async () => {
    const answer = await client(api.url).get('/auth/me', { origin: 'http://localhost:3000' });
    expect(answer).toBeProblem(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
  });

  it('is shut out when it is not', async () => {
    for (const origin of ['https://evil.example', 'http://localhost:3000.evil.example', 'null']) {
      expect((await preflight(origin)).headers.has('access-control-allow-origin')).toBe(false);
      const answer = await http.get('/auth/me', { origin });
      expect(answer.headers.has('access-control-allow-origin')).toBe(false);
    }
  });
});

/** What comes back for these bytes, which no HTTP client would send. */
async function answerTo(bytes: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.setEncoding('utf8');
  socket.write(bytes);
  let answer = '';
  socket.on('data', (text: string) => {
    answer += text;
  });
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return answer;
}
