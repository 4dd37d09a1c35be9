import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OutboxFact } from '../outbox/outbox-fact.js';
import { Envelope } from './event-catalogue.js';
import { LogTail } from './log-tail.js';
import { RealtimeSettings } from './realtime-settings.js';
import { SocketServer } from './socket-server.js';

interface Pulse {
  causes: Set<string>;
  timer: NodeJS.Timeout;
}

/** Tells rooms that figures have changed: at once after a while of rest, then at most every half second. */
@Injectable()
export class DashboardPulse {
  private readonly pulses = new Map<string, Pulse>();

  constructor(
    private readonly server: SocketServer,
    private readonly tail: LogTail,
    private readonly settings: RealtimeSettings,
  ) {}

  /** To be called before the fact counts as told; what is sent at once comes after the fact's own event. */
  changed(rooms: string[], { type }: OutboxFact): void {
    for (const room of rooms) {
      const pulse = this.pulses.get(room);
      if (pulse) pulse.causes.add(type);
      else if (this.server.hasListeners(room)) this.rest(room, new Set([type]), 0);
    }
  }

  stop(): void {
    for (const { timer } of this.pulses.values()) clearTimeout(timer);
    this.pulses.clear();
  }

  private rest(room: string, causes: Set<string>, ms: number): void {
    const timer = setTimeout(() => this.beat(room), ms).unref();
    this.pulses.set(room, { causes, timer });
  }

  private beat(room: string): void {
    const causes = [...(this.pulses.get(room)?.causes ?? [])];
    this.pulses.delete(room);
    if (causes.length === 0) return;
    this.server.emit([room], {
      id: randomUUID(),
      seq: this.tail.position,
      type: 'dashboard.updated',
      occurred_at: new Date().toISOString(),
      data: { causes },
    } as Envelope);
    this.rest(room, new Set(), this.settings.dashboardEveryMs);
  }
}
