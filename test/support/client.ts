import { Actor, signIn } from './actors.js';
import { Conformance } from './conformance.js';

export interface Answer {
  status: number;
  headers: Headers;
  /** The parsed JSON; the text when it is none, undefined when there is nothing. */
  // biome-ignore lint/suspicious/noExplicitAny: every route answers another shape, which the conformance check knows
  body: any;
  text: string;
}

export interface RequestOptions {
  /** Sent as JSON, unless it is text, which is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls the API over HTTP; every answer must be one that the API document promises. */
export interface Client {
  /** The same client, signed in as somebody. */
  as(actor: Actor): Client;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string, headers?: Record<string, string>): Promise<Answer>;
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
}

const documents = new Map<string, Promise<Conformance>>();

/** The API document of the application at this address, read once. */
export function conformanceOf(url: string): Promise<Conformance> {
  const known = documents.get(url) ?? Conformance.of(url);
  documents.set(url, known);
  return known;
}

export function client(url: string, actor?: Actor): Client {
  const request = async (method: string, path: string, options: RequestOptions = {}): Promise<Answer> => {
    const headers = new Headers(options.headers);
    if (actor && !headers.has('authorization')) {
      headers.set('authorization', `Bearer ${await signIn(url, actor)}`);
    }
    const isText = typeof options.body === 'string';
    if (options.body !== undefined && !headers.has('content-type')) {
      headers.set('content-type', 'application/json');
    }
    const response = await fetch(url + path, {
      method,
      headers,
      body: isText ? (options.body as string) : JSON.stringify(options.body),
      redirect: 'manual',
    });
    const answer = await read(response);
    (await conformanceOf(url)).check(method, path.split('?')[0] ?? path, answer);
    return answer;
  };
  return {
    as: (other) => client(url, other),
    get: (path, headers) => request('GET', path, { headers }),
    post: (path, body, headers) => request('POST', path, { body, headers }),
    put: (path, body, headers) => request('PUT', path, { body, headers }),
    patch: (path, body, headers) => request('PATCH', path, { body, headers }),
    delete: (path, headers) => request('DELETE', path, { headers }),
    request,
  };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  const body: unknown = text === '' ? undefined : isJson ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body, text };
}
