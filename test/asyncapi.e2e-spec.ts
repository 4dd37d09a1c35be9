import schema from '@asyncapi/specs/schemas/3.0.0.json';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { startTestApp, TestApp } from './support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

describe('/asyncapi.json', () => {
  it('is valid AsyncAPI 3', async () => {
    const document = (await (await fetch(`${app.url}/asyncapi.json`)).json()) as object;
    // The schema brings draft 7 with it.
    const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
    addFormats(ajv);
    const validate = ajv.compile(schema);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('refers only to what is there, in itself and in the API document', async () => {
    const read = async (path: string) => (await fetch(`${app.url}/${path}`)).json() as Promise<object>;
    const documents: Record<string, object> = {
      '': await read('asyncapi.json'),
      'openapi.json': await read('openapi.json'),
    };
    const references = [...JSON.stringify(documents['']).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference = '']) => reference,
    );
    const isThere = (reference: string) => {
      const [document = '', pointer = ''] = reference.split('#');
      const found = pointer
        .slice(1)
        .split('/')
        .reduce<unknown>(
          (node, key) => (node as Record<string, unknown> | undefined)?.[key],
          documents[document],
        );
      return found !== undefined;
    };
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((reference) => !isThere(reference))).toEqual([]);
  });
});
