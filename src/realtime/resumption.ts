import { Injectable, Logger } from '@nestjs/common';
import { OutboxReader } from '../outbox/outbox.reader.js';
import { Slots } from '../outbox/slots.js';
import { roomsOf } from './audience.js';
import { Connection } from './connection.js';
import { ResyncReason } from './event-catalogue.js';
import { LogTail } from './log-tail.js';
import { RealtimeCounts } from './realtime-counts.js';
import { RealtimeSettings } from './realtime-settings.js';
import { SnapshotsRepository } from './snapshots.repository.js';
import { translate } from './translate-facts.js';

/** Brings connections to where the log is: at once, or by what they have missed, as far as they may see it now. */
@Injectable()
export class Resumption {
  private readonly logger = new Logger('Realtime');
  private readonly slots: Slots;

  constructor(
    private readonly tail: LogTail,
    private readonly reader: OutboxReader,
    private readonly snapshots: SnapshotsRepository,
    private readonly settings: RealtimeSettings,
    private readonly counts: RealtimeCounts,
  ) {
    this.slots = new Slots(settings.resumesAtOnce);
  }

  /** @param since `seq` of the last event that the client has; undefined for a new one */
  async begin(connection: Connection, since: number | undefined): Promise<void> {
    if (since === undefined) return this.goLive(connection, 0);
    try {
      await this.slots.run(() => this.catchUp(connection, since));
    } catch (error) {
      this.logger.warn({ err: error }, 'A connection could not be resumed; it will come back');
      connection.socket.conn.close();
    }
  }

  /** A connection that lost events starts anew from the present. */
  restart(connection: Connection, reason: ResyncReason): void {
    this.counts.resynced(reason);
    connection.sendOwn('resync', { reason }, this.tail.position);
    this.goLive(connection, 0);
  }

  private async catchUp(connection: Connection, since: number): Promise<void> {
    const reason = await this.tooLate(since);
    if (reason) return this.restart(connection, reason);
    let replayed = 0;
    for (let cursor = since; cursor < this.tail.position; ) {
      const page = await this.reader.after(cursor, this.settings.pageSize);
      const snapshots = await this.snapshots.of(page);
      if (connection.isOver) return;
      // What the log has beyond the tail comes live.
      const facts = page.filter(({ seq }) => seq <= this.tail.position);
      const rooms = new Set(roomsOf(connection.actor));
      for (const { rooms: heardIn, event } of translate(facts, snapshots).flat()) {
        if (!heardIn.some((room) => rooms.has(room))) continue;
        connection.send(event);
        replayed++;
      }
      cursor = facts.at(-1)?.seq ?? this.tail.position;
      // Once it has taken what was sent, so that nothing piles up; and never between the last page and going live.
      if (connection.waiting > this.settings.pageSize) await connection.drained();
    }
    this.goLive(connection, replayed);
  }

  private async tooLate(since: number): Promise<ResyncReason | undefined> {
    if (!Number.isSafeInteger(since) || since < 0 || !(await this.reader.reaches(since)))
      return 'unknown_cursor';
    if (this.tail.position - since > this.settings.farBehind) return 'too_far_behind';
    const [oldest] = await this.reader.after(since, 1);
    const age = oldest ? Date.now() - oldest.occurredAt.getTime() : 0;
    return age > this.settings.resumeWithinMs ? 'too_far_behind' : undefined;
  }

  private goLive(connection: Connection, replayed: number): void {
    connection.goLive();
    const { id, role } = connection.actor;
    connection.sendOwn('ready', { user_id: id, role, replayed }, this.tail.position);
  }
}
