import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Viewer } from './event-catalogue.js';

const CHANNEL = 'rota_presence';
const RECONNECT_MS = 5_000;

/** Who has a lead open at one instance. */
export interface PresenceMessage {
  instance: string;
  /** null asks everybody to say what they have. */
  lead_id: number | null;
  viewers: Viewer[];
}

/**
 * Tells other instances who has which lead open, by NOTIFY: what is lost is said again within seconds, and nothing of it is
 * worth storing. LISTEN needs a connection of its own; without one, presence ends at this instance.
 */
@Injectable()
export class PresenceChannel {
  readonly instance = randomUUID();
  private readonly logger = new Logger('Realtime');
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly dataSource: DataSource) {}

  async open(hear: (message: PresenceMessage) => void): Promise<void> {
    const { url } = this.dataSource.options as { url?: string };
    const client = new Client({ connectionString: url, application_name: 'rota-presence', keepAlive: true });
    client.on('notification', ({ payload }) => {
      const message = JSON.parse(payload ?? '') as PresenceMessage;
      if (message.instance !== this.instance) hear(message);
    });
    client.on('error', () => undefined);
    client.on('end', () => this.again(hear));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.client = client;
      await this.publish([{ lead_id: null, viewers: [] }]);
    } catch (error) {
      this.logger.warn({ err: error }, 'Presence is known of this process only, for now');
      await client.end().catch(() => undefined);
      this.again(hear);
    }
  }

  async publish(messages: Omit<PresenceMessage, 'instance'>[]): Promise<void> {
    if (messages.length === 0 || !this.client) return;
    const texts = messages.map((message) => JSON.stringify({ instance: this.instance, ...message }));
    await this.dataSource
      .query('SELECT pg_notify($1, message) FROM unnest($2::text[]) message', [CHANNEL, texts])
      .catch((error: unknown) => this.logger.warn({ err: error }, 'Presence could not be told to others'));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private again(hear: (message: PresenceMessage) => void): void {
    this.client = undefined;
    if (this.isClosed) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.open(hear), RECONNECT_MS).unref();
  }
}
