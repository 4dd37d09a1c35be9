import { Injectable } from '@nestjs/common';
import { AccessCheck } from '../auth/access-check.js';
import { Connection } from './connection.js';

/** The open sockets of this process, and what becomes of them when the person behind one changes. */
@Injectable()
export class Connections {
  private readonly byUser = new Map<number, Set<Connection>>();

  constructor(private readonly access: AccessCheck) {}

  get isEmpty(): boolean {
    return this.byUser.size === 0;
  }

  *all(): Iterable<Connection> {
    for (const connections of this.byUser.values()) yield* connections;
  }

  countOf(userId: number): number {
    return this.byUser.get(userId)?.size ?? 0;
  }

  add(connection: Connection): void {
    const { id } = connection.actor;
    this.byUser.set(id, (this.byUser.get(id) ?? new Set()).add(connection));
  }

  remove(connection: Connection): void {
    const { id } = connection.actor;
    const rest = this.byUser.get(id);
    rest?.delete(connection);
    if (rest?.size === 0) this.byUser.delete(id);
  }

  /**
   * Asks anew who somebody is: ends the sockets of sessions that are over, re-scopes those of another role.
   *
   * @returns the connections that were re-scoped
   * @throws when the database is away
   */
  async recheck(userId: number): Promise<Connection[]> {
    const rescoped: Connection[] = [];
    for (const connection of [...(this.byUser.get(userId) ?? [])]) {
      const actor = await this.access.actorNow(userId, connection.actor.sessionId);
      if (!actor) connection.end('signed_out');
      else if (actor.role !== connection.actor.role) {
        connection.become(actor);
        rescoped.push(connection);
      }
    }
    return rescoped;
  }

  async recheckAll(): Promise<Connection[]> {
    const rescoped: Connection[] = [];
    for (const userId of [...this.byUser.keys()]) rescoped.push(...(await this.recheck(userId)));
    return rescoped;
  }
}
