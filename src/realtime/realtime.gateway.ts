import { BeforeApplicationShutdown, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { Announcer } from './announcer.js';
import { ClientMessageHandler } from './client-messages.js';
import { Connection, RealtimeSocket } from './connection.js';
import { Connections } from './connections.js';
import { DashboardPulse } from './dashboard-pulse.js';
import { Handshake, placeOf } from './handshake.js';
import { LogTail } from './log-tail.js';
import { Presence } from './presence.js';
import { Resumption } from './resumption.js';
import { SocketServer } from './socket-server.js';

/** The way of a socket: let in, brought up to date, live, gone. It puts all parts together, hence its many dependencies. */
@Injectable()
export class RealtimeGateway implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly server: SocketServer,
    private readonly handshake: Handshake,
    private readonly connections: Connections,
    private readonly resumption: Resumption,
    private readonly messages: ClientMessageHandler,
    private readonly presence: Presence,
    private readonly tail: LogTail,
    private readonly announcer: Announcer,
    private readonly pulse: DashboardPulse,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.tail.start(this.announcer);
    await this.presence.start();
    this.server.io.use(this.handshake.admit);
    this.server.io.on('connection', (socket) => this.welcome(socket));
    this.server.attach();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.pulse.stop();
    this.server.close();
    await this.presence.stop();
    await this.tail.stop();
  }

  private welcome(socket: RealtimeSocket): void {
    const connection = new Connection(socket);
    // Of several handshakes at the same moment all may have passed.
    if (this.handshake.isFull(socket)) {
      connection.end('too_many_connections');
      return;
    }
    this.connections.add(connection);
    socket.on('disconnect', () => {
      this.presence.leaveAll(connection);
      this.connections.remove(connection);
      connection.over();
    });
    this.messages.listen(connection);
    void this.resumption.begin(connection, placeOf(socket.handshake.auth));
  }
}
