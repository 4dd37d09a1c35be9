import { once } from 'node:events';
import { connect, createServer, Server, Socket } from 'node:net';

/** A way to a server that can be cut or held up, to see what happens when the server, or its client, is away. */
export class SeverableServer {
  private readonly sockets = new Set<Socket>();
  private readonly ways = new Set<readonly [from: Socket, to: Socket]>();
  private server: Server;

  private constructor(
    private readonly target: URL,
    private readonly port: number,
  ) {}

  static async before(url: string): Promise<SeverableServer> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as { port: number };
    probe.close();
    await once(probe, 'close');
    const severable = new SeverableServer(new URL(url), port);
    await severable.restore();
    return severable;
  }

  /** The server's URL, by way of us. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.href.replace(/\/$/, '');
  }

  /** Lets nothing through, while every connection stays open. */
  pause(): void {
    for (const [from, to] of this.ways) from.unpipe(to).pause();
  }

  resume(): void {
    for (const [from, to] of this.ways) from.pipe(to);
  }

  /** Ends every connection and refuses new ones. */
  async cut(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  async restore(): Promise<void> {
    this.server = createServer((client) => this.connect(client)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private connect(client: Socket): void {
    const server = connect(Number(this.target.port), this.target.hostname);
    for (const way of [
      [client, server],
      [server, client],
    ] as const) {
      const [socket, other] = way;
      this.ways.add(way);
      this.sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        other.destroy();
        this.sockets.delete(socket);
        this.ways.delete(way);
      });
    }
  }
}
