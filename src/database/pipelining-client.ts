import { Client, QueryResult } from 'pg';
import { nameOfPrepared } from './prepared-statement.js';

const BEGIN = 'START TRANSACTION';

type Query = (config: unknown, values?: unknown[], callback?: unknown) => Promise<QueryResult>;

/**
 * PostgreSQL's client with two savings for requests of a few short statements, where each journey to the server costs
 * more than what it does there: a transaction begins together with its first statement, and statements that are marked
 * as prepared are parsed and planned once a connection.
 */
export class PipeliningClient extends Client {
  constructor(config: ConstructorParameters<typeof Client>[0]) {
    super(Object.assign({}, config, { pipeline: true }));
    const send = super.query.bind(this) as unknown as Query;
    const query: Query = (config, values, callback) => {
      if (config === BEGIN && callback === undefined) return this.begin(send);
      const name = typeof config === 'string' && values ? nameOfPrepared(config) : undefined;
      return name === undefined
        ? send(config, values, callback)
        : send({ name, text: config, values }, undefined, callback);
    };
    this.query = query as unknown as Client['query'];
  }

  /** Ends the connection though an answer is awaited, which fails. */
  abandon(): void {
    this.stream.destroy();
  }

  /** Says that it has begun before PostgreSQL does, and leaves at the end of this turn, with what was sent until then. */
  private begin(send: Query): Promise<QueryResult> {
    const { stream } = this;
    stream.cork();
    process.nextTick(() => stream.uncork());
    // What was sent after it would be committed one by one: no answer of this connection may be believed then.
    send(BEGIN).catch((error: Error) => stream.destroy(error));
    return Promise.resolve({ command: BEGIN, rowCount: null, oid: 0, rows: [], fields: [] });
  }

  private get stream(): Corkable {
    return (this as unknown as { connection: { stream: Corkable } }).connection.stream;
  }
}

interface Corkable {
  cork(): void;
  uncork(): void;
  destroy(error?: Error): void;
}
