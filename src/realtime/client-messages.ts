import { Injectable, Logger } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AccessCheck } from '../auth/access-check.js';
import { Problem } from '../common/problem.js';
import { Connection } from './connection.js';
import { ClientMessages, PresenceMode, RefusalReason } from './event-catalogue.js';
import { Presence } from './presence.js';
import { RealtimeSettings } from './realtime-settings.js';

type Answer = object | RefusalReason;
type Handler = (connection: Connection, message: Record<string, unknown>) => Promise<Answer>;

const LARGEST_ID = 2_147_483_647;

/** What clients may say. Everything else is refused with a reason, and who says too much is cut off. */
@Injectable()
export class ClientMessageHandler {
  private readonly logger = new Logger('Realtime');
  private readonly limiter: RateLimiterMemory;
  private readonly handlers: Record<keyof ClientMessages, Handler> = {
    'presence.view': (connection, message) => this.openLead(connection, message, 'view'),
    'presence.edit': (connection, message) => this.openLead(connection, message, 'edit'),
    'presence.leave': async (connection, { lead_id }) => {
      if (!isId(lead_id)) return 'invalid_message';
      this.presence.leave(connection, lead_id);
      return {};
    },
    'session.renew': (connection, message) => this.renew(connection, message),
  };

  constructor(
    private readonly presence: Presence,
    private readonly access: AccessCheck,
    settings: RealtimeSettings,
  ) {
    this.limiter = new RateLimiterMemory({ points: settings.messagesPer10s, duration: 10 });
  }

  listen(connection: Connection): void {
    connection.socket.use(([event, ...args]) => {
      this.handle(connection, String(event), args).catch((error: unknown) => {
        this.logger.warn({ err: error, event }, 'A message could not be handled');
      });
    });
  }

  private async handle(connection: Connection, event: string, args: unknown[]): Promise<void> {
    const isTooMuch = await this.limiter.consume(connection.socket.id).then(
      () => false,
      () => true,
    );
    if (isTooMuch) return this.cutOff(connection, event);
    const last = args.at(-1);
    const reply = typeof last === 'function' ? (last as (answer: object) => void) : undefined;
    const answer = await this.answer(connection, event, reply ? args.slice(0, -1) : args);
    if (typeof answer !== 'string') return reply?.({ ok: true, ...answer });
    reply?.({ ok: false, reason: answer });
    connection.sendOwn('refused', { event: event.slice(0, 100), reason: answer });
  }

  private async answer(connection: Connection, event: string, args: unknown[]): Promise<Answer> {
    const handler = Object.hasOwn(this.handlers, event)
      ? this.handlers[event as keyof ClientMessages]
      : undefined;
    if (!handler) return 'unknown_event';
    const [message] = args;
    if (args.length !== 1 || typeof message !== 'object' || message === null) return 'invalid_message';
    return handler(connection, message as Record<string, unknown>);
  }

  private cutOff(connection: Connection, event: string): void {
    if (connection.isOver) return;
    connection.sendOwn('refused', { event: event.slice(0, 100), reason: 'too_many_messages' });
    connection.over();
    connection.socket.disconnect(true);
  }

  private async openLead(
    connection: Connection,
    { lead_id }: Record<string, unknown>,
    mode: PresenceMode,
  ): Promise<Answer> {
    if (!isId(lead_id)) return 'invalid_message';
    const viewers = await this.presence.open(connection, lead_id, mode);
    return viewers ? { viewers } : 'not_allowed';
  }

  private async renew(connection: Connection, { token }: Record<string, unknown>): Promise<Answer> {
    if (typeof token !== 'string') return 'invalid_message';
    try {
      const { actor, expiresAt } = await this.access.actorOfToken(token);
      if (actor.id !== connection.actor.id || actor.sessionId !== connection.actor.sessionId)
        return 'not_allowed';
      if (!connection.isOver) connection.expireAt(expiresAt);
      return { expires_at: expiresAt.toISOString() };
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return 'not_allowed';
      throw error;
    }
  }
}

function isId(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= LARGEST_ID;
}
