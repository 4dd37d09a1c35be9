import { randomUUID } from 'node:crypto';
import type { Socket } from 'socket.io';
import { Actor } from '../users/actor.js';
import { roomsOf } from './audience.js';
import { ClientMessages, EndReason, Envelope, EventData, ServerEvents } from './event-catalogue.js';

/** What the handshake found out about a socket. */
export interface SocketData {
  actor: Actor;
  fullName: string;
  expiresAt: Date;
}

export type RealtimeSocket = Socket<ClientMessages, ServerEvents, Record<string, never>, SocketData>;

/** Events outside of the log, for one connection. */
type OwnEvent = 'ready' | 'resync' | 'session.ended' | 'refused' | 'presence.updated';

/** The longest time that a timer can wait, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One socket of somebody: hears events while it is live, that is, while it is in its rooms. */
export class Connection {
  actor: Actor;
  isLive = false;
  isOver = false;
  /** Packets that wait for the network. */
  waiting = 0;
  private expiry: NodeJS.Timeout | undefined;

  constructor(readonly socket: RealtimeSocket) {
    this.actor = socket.data.actor;
    socket.conn.on('packetCreate', () => this.waiting++);
    socket.conn.on('flush', () => {
      this.waiting = 0;
    });
    this.expireAt(socket.data.expiresAt);
  }

  get fullName(): string {
    return this.socket.data.fullName;
  }

  goLive(): void {
    if (this.isOver) return;
    this.isLive = true;
    void this.socket.join(roomsOf(this.actor));
  }

  pause(): void {
    this.isLive = false;
    for (const room of this.socket.rooms) if (room !== this.socket.id) void this.socket.leave(room);
  }

  /** Somebody else than before, or the same one with another role. */
  become(actor: Actor): void {
    const wasLive = this.isLive;
    this.pause();
    this.actor = actor;
    if (wasLive) this.goLive();
  }

  expireAt(time: Date): void {
    clearTimeout(this.expiry);
    const rest = time.getTime() - Date.now();
    // API keys live longer than a timer can wait.
    const isFar = rest > LONGEST_TIMER_MS;
    const then = isFar ? () => this.expireAt(time) : () => this.end('token_expired');
    this.expiry = setTimeout(then, isFar ? LONGEST_TIMER_MS : rest).unref();
  }

  /** An event with a place in the log goes with its offset, from which the client's library resumes by itself. */
  send(event: Envelope): void {
    // One cast instead of one overload for each type: the catalogue has checked the data where the event was made.
    const emit = this.socket.emit.bind(this.socket) as (type: string, ...args: unknown[]) => boolean;
    if (event.seq > 0) emit(event.type, event, String(event.seq));
    else emit(event.type, event);
  }

  /** @param seq everything up to this place has been sent to the connection; 0 for an event that says nothing of it */
  sendOwn<Type extends OwnEvent>(type: Type, data: EventData[Type], seq = 0): void {
    this.send({ id: randomUUID(), seq, type, occurred_at: new Date().toISOString(), data } as Envelope);
  }

  /** Resolves when the network has taken what waits, or is gone. */
  drained(): Promise<void> {
    if (this.waiting === 0 || this.isOver) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.socket.conn.off('drain', done).off('close', done);
        resolve();
      };
      this.socket.conn.on('drain', done).on('close', done);
    });
  }

  end(reason: EndReason): void {
    if (this.isOver) return;
    this.sendOwn('session.ended', { reason });
    this.over();
    this.socket.disconnect(true);
  }

  /** The socket is gone. */
  over(): void {
    this.isOver = true;
    clearTimeout(this.expiry);
    this.pause();
  }
}
