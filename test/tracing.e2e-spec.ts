import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { aUser, signIn } from './support/actors.js';
import { TEST_SETTINGS } from './support/app.js';
import { aLead } from './support/builders.js';
import { createDatabase, TestDatabase } from './support/database.js';
import { OwnProcess } from './support/own-process.js';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: { stringValue?: string } }[];
}

/** What an OTLP collector takes, as far as we look at it. */
class Collector {
  readonly spans: Span[] = [];
  sent = '';
  private readonly server: Server = createServer((request, answer) => {
    void text(request).then((body) => {
      this.sent += body;
      for (const { scopeSpans } of JSON.parse(body).resourceSpans)
        for (const { spans } of scopeSpans) this.spans.push(...spans);
      answer.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
  }
}

const CALLER = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };

let db: TestDatabase;
let rota: OwnProcess | undefined;
let collector: Collector | undefined;
beforeAll(async () => {
  db = await createDatabase();
});
afterEach(async () => {
  await rota?.kill();
  collector?.stop();
});
afterAll(() => db.drop());

it('follows a request from its caller to its statements, tells no value, and sends all of it before it ends', async () => {
  collector = new Collector();
  rota = new OwnProcess('main', {
    ...TEST_SETTINGS,
    LOG_LEVEL: 'info',
    PORT: '0',
    DATABASE_URL: db.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(),
  });
  const [url = ''] = await rota.says(/http:\/\/[\d.:]+/);
  const admin = await aUser(db, { role: 'admin' });
  const { id } = await aLead(db);
  const headers = {
    authorization: `Bearer ${await signIn(url, admin)}`,
    traceparent: `00-${CALLER.trace}-${CALLER.span}-01`,
  };
  expect((await fetch(`${url}/api/v1/leads/${id}?q=Zaphod`, { headers })).status).toBe(200);
  await fetch(`${url}/api/v1/leads?q=Zaphod%20Beeblebrox`, { headers });
  await fetch(`${url}/health/ready`);
  rota.signal('SIGTERM');
  expect(await rota.end()).toMatchObject({ code: 0 });

  const { spans, sent } = collector;
  const own = spans.filter(({ traceId }) => traceId === CALLER.trace);
  const request = own.find(({ name }) => name === 'GET /api/v1/leads/:id');
  expect(request).toMatchObject({ parentSpanId: CALLER.span });
  const statements = own.filter(({ parentSpanId }) => parentSpanId === request?.spanId);
  const texts = statements.flatMap(({ attributes }) =>
    attributes.flatMap(({ key, value }) => (key === 'db.query.text' ? [value.stringValue] : [])),
  );
  expect(texts).toContainEqual(expect.stringContaining('FROM leads'));
  const names = spans.map(({ name }) => name);
  expect(names).toContain('GET /api/v1/leads');
  expect(names.filter((name) => name.includes('health'))).toEqual([]);
  for (const secret of ['Zaphod', admin.username, 'correct horse']) expect(sent).not.toContain(secret);
  // Its log lines are found by the trace.
  expect(rota.stdout).toContain(`"trace_id":"${CALLER.trace}"`);
});
