import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { networkOf } from '../auth/network.js';
import { Env } from '../config/env.js';
import { RealtimeSettings } from './realtime-settings.js';

/** Refuses addresses that begin too many connections, before anything is looked up for them. */
@Injectable()
export class HandshakeThrottle {
  private readonly limiter: RateLimiterMemory;

  constructor(
    settings: RealtimeSettings,
    private readonly env: Env,
  ) {
    this.limiter = new RateLimiterMemory({ points: settings.handshakesPerMinute, duration: 60 });
  }

  async admit(request: IncomingMessage): Promise<boolean> {
    try {
      await this.limiter.consume(networkOf(this.addressOf(request)));
      return true;
    } catch {
      return false;
    }
  }

  /** As Fastify reads it for HTTP requests. */
  private addressOf(request: IncomingMessage): string {
    const forwarded = this.env.TRUST_PROXY ? request.headers['x-forwarded-for'] : undefined;
    return forwarded?.toString().split(',')[0]?.trim() || request.socket.remoteAddress || '';
  }
}
