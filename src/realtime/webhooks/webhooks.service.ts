import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.repository.js';
import { decodeCursor, encodeCursor, invalidCursor } from '../../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../../common/page.query.js';
import { Env } from '../../config/env.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { AuditAction } from '../../enums/index.js';
import { Actor } from '../../users/actor.js';
import { CreateWebhookDto, ListDeliveriesQuery, ReplayDto } from './dto/webhook.dto.js';
import {
  NewWebhookResponse,
  ReplayResponse,
  WebhookDeliveryListResponse,
  WebhookResponse,
} from './dto/webhook.response.js';
import { assertMayBeSentTo } from './public-address.js';
import { toDeliveryResponse, toWebhookResponse } from './webhook.mapper.js';
import { WebhookAlarm } from './webhook-alarm.js';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { newWebhookSecret } from './webhook-signature.js';
import { webhookErrors } from './webhooks.errors.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Adds webhooks, shows and replays what is sent to them. Six dependencies: the last two are what every audited write takes. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly alarm: WebhookAlarm,
    private readonly env: Env,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 422 when the address cannot be one that is sent to */
  async create(actor: Actor, dto: CreateWebhookDto): Promise<NewWebhookResponse> {
    const url = this.readAddress(dto.url);
    const secret = newWebhookSecret();
    const webhook = await this.transactions.run(async (tx) => {
      const wanted = { url, eventTypes: dto.event_types, secret, createdById: actor.id };
      const made = await this.webhooks.insert(tx, wanted);
      // The host alone: a path or query may carry a secret.
      const details = { host: new URL(url).host, event_types: made.eventTypes };
      const subject = { type: 'webhook', id: made.id };
      await this.audit.record(tx, { action: AuditAction.WEBHOOK_CREATED, actor, subject, details });
      return made;
    });
    return { ...toWebhookResponse(webhook), secret };
  }

  async list(): Promise<WebhookResponse[]> {
    return (await this.webhooks.list()).map(toWebhookResponse);
  }

  async delete(actor: Actor, id: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.webhooks.delete(tx, id))) throw webhookErrors.notFound(id);
      const subject = { type: 'webhook', id };
      await this.audit.record(tx, { action: AuditAction.WEBHOOK_DELETED, actor, subject });
    });
  }

  async listDeliveries(id: number, query: ListDeliveriesQuery): Promise<WebhookDeliveryListResponse> {
    await this.assertExists(id);
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const before = query.cursor === undefined ? null : readCursor(query.cursor);
    const rows = await this.deliveries.page(id, before, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      deliveries: page.map(toDeliveryResponse),
      next_cursor: rows.length > limit && last ? encodeCursor({ before: last.id }) : null,
    };
  }

  async replay(id: number, { ids }: ReplayDto): Promise<ReplayResponse> {
    await this.assertExists(id);
    const replayed = await this.deliveries.replay(id, ids ?? null);
    this.alarm.ring();
    return { replayed };
  }

  private async assertExists(id: number): Promise<void> {
    if (!(await this.webhooks.exists(id))) throw webhookErrors.notFound(id);
  }

  /** Names are looked at again at every attempt, when they are resolved. */
  private readAddress(text: string): string {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
      throw webhookErrors.notAnAddress();
    try {
      if (!this.env.WEBHOOKS_TO_PRIVATE_ADDRESSES) assertMayBeSentTo(url);
    } catch {
      throw webhookErrors.privateAddress();
    }
    return url.href;
  }
}

function readCursor(cursor: string): string {
  const { before } = decodeCursor(cursor);
  if (typeof before !== 'string' || !/^\d{1,15}$/.test(before)) throw invalidCursor();
  return before;
}
