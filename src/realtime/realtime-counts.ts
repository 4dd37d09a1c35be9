import { Injectable } from '@nestjs/common';
import { ResyncReason } from './event-catalogue.js';

/** What the sockets of this process have been through since it started; for the metrics. */
@Injectable()
export class RealtimeCounts {
  /** Events emitted, by kind of room: `leads:of:7` counts as `leads:of`. */
  readonly emits = new Map<string, number>();
  readonly resyncs = new Map<ResyncReason, number>();
  /** Notifications made by this process, by type. */
  readonly notifications = new Map<string, number>();

  emitted(rooms: string[]): void {
    for (const room of rooms) add(this.emits, room.replace(/:\d+$/, ''));
  }

  resynced(reason: ResyncReason): void {
    add(this.resyncs, reason);
  }

  notified(type: string): void {
    add(this.notifications, type);
  }
}

function add<Name>(counts: Map<Name, number>, name: Name): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
