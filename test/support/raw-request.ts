import { Agent, request } from 'node:http';

/** A request as it goes over the wire: nothing of it is tidied up, as URLs and headers are by fetch. */
export interface RawRequest {
  method: string;
  /** Path and query, already encoded. */
  target: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

export interface RawAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

/** Sends requests over connections that are kept. */
export class RawSender {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 4 });

  constructor(private readonly url: string) {}

  send({ method, target, headers, body }: RawRequest): Promise<RawAnswer> {
    const { hostname, port } = new URL(this.url);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    return new Promise((done, fail) => {
      const sent = request(
        { hostname, port, method, path: target, headers: { ...headers, ...length }, agent: this.agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', fail);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const type = response.headers['content-type'] ?? '';
            const answerHeaders = new Headers({ 'content-type': type });
            const isJson = type.includes('json') && text !== '';
            done({
              status: response.statusCode ?? 0,
              headers: answerHeaders,
              text,
              body: isJson ? JSON.parse(text) : text,
            });
          });
        },
      );
      sent.on('error', fail);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
