import { ImportRunner } from '../../src/imports/import-runner.js';
import { TestApp } from './app.js';
import { Answer, Client } from './client.js';

const IMPORTS = '/api/v1/imports';

/** Sends the bytes of a file as they are. */
export async function send(
  url: string,
  token: string,
  id: number,
  bytes: Buffer,
  range?: string,
): Promise<Answer> {
  const response = await fetch(`${url}${IMPORTS}/${id}/file`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      ...(range ? { 'content-range': range } : {}),
    },
    body: new Uint8Array(bytes),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text), text };
}

export interface Intake {
  /** An import whose file is here; its answer is the upload's. */
  upload(content: string | Buffer, name?: string): Promise<{ id: number; answer: Answer }>;
  /** From the upload to the end. @returns the import as it is then */
  load(content: string | Buffer, change?: Record<string, unknown>, name?: string): Promise<Answer['body']>;
  get(id: number): Promise<Answer['body']>;
  /** Does the work of the background in the foreground, to its end. */
  work(id: number): Promise<void>;
}

/** Imports over HTTP, as the wizard does; what the background would do is done at once. */
export function intakeOf(api: TestApp, http: Client, token: () => Promise<string>): Intake {
  const upload: Intake['upload'] = async (content, name = 'leads.csv') => {
    const { body } = await http.post(IMPORTS, { file_name: name });
    return { id: body.id, answer: await send(api.url, await token(), body.id, Buffer.from(content)) };
  };
  const get: Intake['get'] = async (id) => (await http.get(`${IMPORTS}/${id}`)).body;
  const work: Intake['work'] = (id) => api.app.get(ImportRunner, { strict: false }).run(id);
  return {
    upload,
    get,
    work,
    load: async (content, change, name) => {
      const { id, answer } = await upload(content, name);
      if (answer.status !== 200) return { ...(await get(id)), answer };
      if (change) {
        const changed = await http.patch(`${IMPORTS}/${id}`, change);
        if (changed.status !== 200) throw new Error(changed.text);
      }
      const started = await http.post(`${IMPORTS}/${id}/start`, {});
      if (started.status !== 200) throw new Error(started.text);
      await work(id);
      return get(id);
    },
  };
}
