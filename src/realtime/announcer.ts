import { Injectable } from '@nestjs/common';
import { OutboxFact } from '../outbox/outbox-fact.js';
import { Connections } from './connections.js';
import { DashboardPulse } from './dashboard-pulse.js';
import { LogFollower } from './log-tail.js';
import { Presence } from './presence.js';
import { SlowConsumers } from './slow-consumers.js';
import { Snapshots, SnapshotsRepository } from './snapshots.repository.js';
import { SocketServer } from './socket-server.js';
import { translate } from './translate-facts.js';

/** Facts that may change who somebody is. */
const IS_ABOUT_ACCESS = /^(user|session|api_key)\./;
/** Facts that move figures on dashboards. */
const MOVES_FIGURES = /^(lead|activity)\./;

/** Tells the live connections what the log says. */
@Injectable()
export class Announcer implements LogFollower {
  constructor(
    private readonly connections: Connections,
    private readonly snapshots: SnapshotsRepository,
    private readonly server: SocketServer,
    private readonly slow: SlowConsumers,
    private readonly presence: Presence,
    private readonly pulse: DashboardPulse,
  ) {}

  async tell(facts: OutboxFact[], passed: (fact: OutboxFact) => void): Promise<void> {
    if (facts.length === 0) return;
    if (this.connections.isEmpty) return facts.forEach(passed);
    const snapshots = await this.snapshots.of(facts);
    const deliveries = translate(facts, snapshots);
    for (const [index, fact] of facts.entries()) {
      if (IS_ABOUT_ACCESS.test(fact.type)) await this.recheck(fact.payload['userId']);
      // From here on without a pause: a connection that goes live finds the fact either told or not.
      const rooms: string[] = [];
      for (const delivery of deliveries[index] ?? []) {
        this.server.emit(delivery.rooms, delivery.event);
        rooms.push(...delivery.rooms);
      }
      passed(fact);
      this.follow(fact, rooms, snapshots);
    }
    this.slow.takeOff();
  }

  async skipped(): Promise<void> {
    for (const connection of await this.connections.recheckAll()) this.presence.leaveAll(connection);
    for (const connection of this.connections.all()) {
      if (connection.isLive) this.slow.restart(connection, 'too_far_behind');
    }
  }

  private async recheck(userId: unknown): Promise<void> {
    if (typeof userId !== 'number') return;
    for (const connection of await this.connections.recheck(userId)) {
      this.presence.leaveAll(connection);
      if (connection.isLive) this.slow.restart(connection, 'role_changed');
    }
  }

  private follow(fact: OutboxFact, rooms: string[], snapshots: Snapshots): void {
    if (MOVES_FIGURES.test(fact.type)) this.pulse.changed(rooms, fact);
    if (fact.leadId !== null) this.presence.recheck(fact.leadId, snapshots.leads.get(fact.leadId));
  }
}
