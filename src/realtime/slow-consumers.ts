import { Injectable } from '@nestjs/common';
import { Connection } from './connection.js';
import { Connections } from './connections.js';
import { ResyncReason } from './event-catalogue.js';
import { RealtimeSettings } from './realtime-settings.js';
import { Resumption } from './resumption.js';

/** Takes connections that cannot keep up off the events, so that memory does not grow with what waits for them. */
@Injectable()
export class SlowConsumers {
  constructor(
    private readonly connections: Connections,
    private readonly resumption: Resumption,
    private readonly settings: RealtimeSettings,
  ) {}

  takeOff(): void {
    for (const connection of this.connections.all()) {
      if (!connection.isLive || connection.waiting <= this.settings.packetsWaiting) continue;
      connection.pause();
      void connection.drained().then(() => this.restart(connection, 'too_slow'));
    }
  }

  restart(connection: Connection, reason: ResyncReason): void {
    if (!connection.isOver) this.resumption.restart(connection, reason);
  }
}
