import { Injectable, Logger } from '@nestjs/common';
import { AccessCheck } from '../auth/access-check.js';
import { Problem } from '../common/problem.js';
import { RealtimeSocket } from './connection.js';
import { Connections } from './connections.js';
import { HandshakeRefusal } from './event-catalogue.js';
import { RealtimeSettings } from './realtime-settings.js';
import { SnapshotsRepository } from './snapshots.repository.js';

/** Lets sockets in by the rule that lets requests in. */
@Injectable()
export class Handshake {
  private readonly logger = new Logger('Realtime');

  constructor(
    private readonly access: AccessCheck,
    private readonly snapshots: SnapshotsRepository,
    private readonly connections: Connections,
    private readonly settings: RealtimeSettings,
  ) {}

  /** Middleware of socket.io: finds out who it is, or refuses with a reason. */
  readonly admit = (socket: RealtimeSocket, next: (refusal?: Error) => void): void => {
    this.identify(socket).then(
      (refusal) => next(refusal && new Error(refusal)),
      (error: unknown) => {
        this.logger.warn({ err: error }, 'A handshake failed');
        next(new Error('unavailable' satisfies HandshakeRefusal));
      },
    );
  };

  private async identify(socket: RealtimeSocket): Promise<HandshakeRefusal | undefined> {
    const { token } = socket.handshake.auth as { token?: unknown };
    if (typeof token !== 'string') return 'unauthorized';
    try {
      const { actor, expiresAt } = await this.access.actorOfToken(token);
      const person = (await this.snapshots.people([actor.id])).get(actor.id);
      Object.assign(socket.data, { actor, expiresAt, fullName: person?.fullName ?? '' });
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return 'unauthorized';
      throw error;
    }
    return this.isFull(socket) ? 'too_many_connections' : undefined;
  }

  isFull(socket: RealtimeSocket): boolean {
    return this.connections.countOf(socket.data.actor.id) >= this.settings.connectionsPerUser;
  }
}

/**
 * Where a client says that it is: `since`, or the offset that the library sends by itself; the later one counts, because the
 * first stays what it was when the client started. NaN for what is no place.
 */
export function placeOf({ since, offset }: { since?: unknown; offset?: unknown }): number | undefined {
  const places = [since, offset]
    .filter((place) => place !== undefined && place !== null)
    .map((place) =>
      typeof place === 'number' || (typeof place === 'string' && /^\d{1,15}$/.test(place))
        ? Number(place)
        : Number.NaN,
    );
  return places.length === 0 ? undefined : Math.max(...places);
}
