import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, invalidCursor } from '../../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../../common/page.query.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { Actor } from '../../users/actor.js';
import { ListNotificationsQuery, MarkReadDto, NotificationPreferencesDto } from './dto/notification.dto.js';
import {
  NotificationListResponse,
  NotificationPreferencesResponse,
  UnreadResponse,
} from './dto/notification.response.js';
import { toNotificationResponse } from './notification.mapper.js';
import { NOTIFICATION_TYPES } from './notification-type.js';
import { NotificationsRepository } from './notifications.repository.js';

/** One's own notifications. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly notifications: NotificationsRepository,
  ) {}

  async list(actor: Actor, query: ListNotificationsQuery): Promise<NotificationListResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const before = query.cursor === undefined ? null : readCursor(query.cursor);
    const [rows, unread] = await Promise.all([
      this.notifications.page(actor.id, { unread: query.unread ?? false, before, limit: limit + 1 }),
      this.notifications.countUnread(actor.id),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      notifications: page.map(toNotificationResponse),
      unread,
      next_cursor: rows.length > limit && last ? encodeCursor({ before: last.id }) : null,
    };
  }

  /** Other people's are left alone without a word. */
  async markRead(actor: Actor, { ids }: MarkReadDto): Promise<UnreadResponse> {
    await this.notifications.markRead(actor.id, ids ?? null);
    return { unread: await this.notifications.countUnread(actor.id) };
  }

  async preferences(actor: Actor): Promise<NotificationPreferencesResponse> {
    const muted = new Set(await this.notifications.mutedTypes(actor.id));
    const wanted = NOTIFICATION_TYPES.map((type) => [type, !muted.has(type)]);
    return Object.fromEntries(wanted) as unknown as NotificationPreferencesResponse;
  }

  async changePreferences(
    actor: Actor,
    dto: NotificationPreferencesDto,
  ): Promise<NotificationPreferencesResponse> {
    const typesWanted = (wanted: boolean) => NOTIFICATION_TYPES.filter((type) => dto[type] === wanted);
    await this.transactions.run(async (tx) => {
      await this.notifications.mute(tx, actor.id, typesWanted(false), true);
      await this.notifications.mute(tx, actor.id, typesWanted(true), false);
    });
    return this.preferences(actor);
  }
}

function readCursor(cursor: string): number {
  const { before } = decodeCursor(cursor);
  if (!Number.isSafeInteger(before) || Number(before) > 2_147_483_647) throw invalidCursor();
  return Number(before);
}
