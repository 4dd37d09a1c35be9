import { Validator } from '@seriousme/openapi-schema-validator';
import { startTestApp, TestApp } from './support/app.js';
import { conformanceOf } from './support/client.js';
import { ApiOperation } from './support/conformance.js';

let api: TestApp;
let operations: ApiOperation[];
beforeAll(async () => {
  api = await startTestApp();
  operations = (await conformanceOf(api.url)).operations;
});
afterAll(() => api.stop());

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

describe('/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { document } = await conformanceOf(api.url);
    const { errors } = await new Validator().validate(structuredClone({ ...document }));
    expect(document.openapi).toBe('3.1.0');
    expect(errors).toBeUndefined();
  });

  it('says nothing in the words of OpenAPI 3.0', async () => {
    const { document } = await conformanceOf(api.url);
    expect(JSON.stringify(document)).not.toContain('"nullable"');
  });

  it('has every route of the application and no other', () => {
    const routes = api.routes.map(({ method, path }) =>
      nameOf({ method, path: path.replace(/:(\w+)/g, '{$1}') }),
    );
    expect(operations.map(nameOf).sort()).toEqual(routes.sort());
  });

  it('names each operation once', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('tells of each operation what it is and what it answers', () => {
    const lacking = operations.filter((operation) => !operation.summary || !operation.tags?.length);
    expect(lacking.map(nameOf)).toEqual([]);

    const withoutAnswer = operations.filter(({ responses }) => {
      const success = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      const isDescribed = ([status, { content }]: (typeof success)[number]) =>
        status === '204' || Object.values(content ?? {}).some(({ schema }) => Object.keys(schema).length > 0);
      return success.length === 0 || !success.every(isDescribed);
    });
    expect(withoutAnswer.map(nameOf)).toEqual([]);
  });

  it('describes each error as problem details', () => {
    const others = operations.filter(({ responses }) =>
      Object.entries(responses).some(
        ([status, { content }]) => status >= '4' && !content?.['application/problem+json'],
      ),
    );
    expect(others.map(nameOf)).toEqual([]);
  });

  it('describes each path parameter and each body', () => {
    const lacking = operations.filter(({ path, parameters = [], requestBody }) => {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      const bodies = Object.values(requestBody?.content ?? {});
      return (
        named.some((name) => !described.includes(name ?? '')) ||
        bodies.some(({ schema }) => Object.keys(schema).length === 0)
      );
    });
    expect(lacking.map(nameOf)).toEqual([]);
  });
});

describe('/docs', () => {
  it('is a page whose scripts and styles its own Content-Security-Policy lets in', async () => {
    const page = await fetch(`${api.url}/docs`);
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");

    const scripts = [...html.matchAll(/<script([^>]*)>([^<]*)/g)];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter(([, , code]) => code?.trim())).toEqual([]);

    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, reference = '']) => reference);
    for (const reference of assets) {
      const asset = await fetch(new URL(reference, `${api.url}/docs`));
      await asset.arrayBuffer();
      expect([reference, asset.status]).toEqual([reference, 200]);
      expect(new URL(asset.url).origin).toBe(api.url);
    }
  });
});
