import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Injectable } from '@nestjs/common';
import { version } from '../../common/version.js';
import { Env } from '../../config/env.js';
import { assertMayBeSentTo, lookupPublic } from './public-address.js';

const TIMEOUT_MS = 10_000;

/** Sends one message. Redirects are not followed: where they lead has not been agreed to. */
@Injectable()
export class WebhookTransport {
  constructor(private readonly env: Env) {}

  /**
   * @returns the status of the answer, whose body is not read
   * @throws PrivateAddressError, or what went wrong on the way
   */
  async post(address: string, headers: Record<string, string>, body: string): Promise<number> {
    const url = new URL(address);
    const isFree = this.env.WEBHOOKS_TO_PRIVATE_ADDRESSES;
    if (!isFree) assertMayBeSentTo(url);
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const sent = request(url, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': `Rota/${version}`,
        },
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(isFree ? {} : { lookup: lookupPublic }),
      });
      sent.on('response', (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
