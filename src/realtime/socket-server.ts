import type { Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Server } from 'socket.io';
import { Adapter } from 'socket.io-adapter';
import { Env } from '../config/env.js';
import { SocketData } from './connection.js';
import { ClientMessages, Envelope, ServerEvents } from './event-catalogue.js';
import { HandshakeThrottle } from './handshake-throttle.js';
import { RealtimeCounts } from './realtime-counts.js';
import { RealtimeSettings } from './realtime-settings.js';

/** What a client has to say goodbye when the process ends, in milliseconds. */
const PATIENCE_MS = 1_000;

export const SOCKET_PATH = '/socket.io';

/** socket.io on the port of the API. */
@Injectable()
export class SocketServer {
  readonly io: Server<ClientMessages, ServerEvents, Record<string, never>, SocketData>;
  private readonly upgraded = new Set<Duplex>();

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly throttle: HandshakeThrottle,
    private readonly env: Env,
    private readonly settings: RealtimeSettings,
    private readonly counts: RealtimeCounts,
  ) {
    this.io = new Server({
      // The library gives each client an offset to resume from, which it sends back by itself. Its own memory of missed
      // packets is not used: it would replay what the client may no longer see, and is lost with the process.
      connectionStateRecovery: {},
      adapter: Adapter,
      connectTimeout: 10_000,
    });
  }

  /** Takes the path over from the HTTP server, which has all its own listeners by now. */
  attach(): void {
    const http = this.adapterHost.httpAdapter.getHttpServer() as HttpServer;
    http.on('upgrade', (_request, socket) => {
      this.upgraded.add(socket);
      socket.on('close', () => this.upgraded.delete(socket));
    });
    this.io.attach(http, {
      path: SOCKET_PATH,
      serveClient: false,
      cors: { origin: this.env.CORS_ORIGINS, credentials: true },
      maxHttpBufferSize: this.settings.messageBytes,
      pingInterval: 20_000,
      pingTimeout: 20_000,
      allowRequest: (request, answer) => {
        void this.throttle.admit(request).then((isAdmitted) => {
          answer(isAdmitted ? null : 'too_many_handshakes', isAdmitted);
        });
      },
    });
  }

  hasListeners(room: string): boolean {
    return this.io.sockets.adapter.rooms.has(room);
  }

  /** Encoded once for all who hear it. */
  emit(rooms: string[], event: Envelope): void {
    if (rooms.length === 0) return;
    this.counts.emitted(rooms);
    const to = this.io.to(rooms);
    const emit = to.emit.bind(to) as (type: string, ...args: unknown[]) => boolean;
    emit(event.type, event, String(event.seq));
  }

  /**
   * Clients see a lost connection and go elsewhere; those that do not answer are cut off. The HTTP server is Nest's to close,
   * and would wait for them.
   */
  close(): void {
    this.io.engine?.close();
    setTimeout(() => {
      for (const socket of this.upgraded) socket.destroy();
    }, PATIENCE_MS).unref();
  }
}
