import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Row, rowHydrator } from '../../database/row-hydrator.js';
import type { Transaction } from '../../database/transaction-runner.js';
import { Notification } from './notification.entity.js';
import { NotificationType } from './notification-type.js';

export interface NewNotification {
  userId: number;
  type: NotificationType;
  title: string;
  message: string | null;
  data: Record<string, unknown>;
}

/** What a notification about a lead says of it. */
export interface NamedLead {
  id: number;
  name: string;
  assignedUserId: number | null;
  ownerName: string | null;
  ownerManagerId: number | null;
}

/** Somebody a notification is about or for. */
export interface NamedPerson {
  id: number;
  name: string;
  isAgent: boolean;
}

@Injectable()
export class NotificationsRepository {
  private readonly hydrate: (row: Row) => Notification;

  constructor(private readonly dataSource: DataSource) {
    this.hydrate = rowHydrator(dataSource, Notification);
  }

  /** Leaves out people who are inactive or have muted the kind. */
  async insert(tx: Transaction, notifications: NewNotification[]): Promise<Notification[]> {
    if (notifications.length === 0) return [];
    const rows = await tx.query<Row[]>(
      `INSERT INTO notifications (user_id, title, message, notification_type, data)
       SELECT n."userId", n.title, n.message, n.type, n.data
         FROM ROWS FROM (jsonb_to_recordset($1::jsonb)
                AS ("userId" integer, title text, message text, type text, data jsonb))
              WITH ORDINALITY AS n ("userId", title, message, type, data, position)
         JOIN users u ON u.id = n."userId" AND u.is_active
        WHERE NOT EXISTS (SELECT 1 FROM notification_mutes m
                           WHERE m.user_id = u.id AND m.notification_type = n.type)
        ORDER BY n.position
       RETURNING *`,
      [JSON.stringify(notifications)],
    );
    return rows.map(this.hydrate);
  }

  /** Newest first. */
  async page(
    userId: number,
    { unread, before, limit }: { unread: boolean; before: number | null; limit: number },
  ): Promise<Notification[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT * FROM notifications
        WHERE user_id = $1 AND ($2::int IS NULL OR id < $2) AND NOT ($3 AND is_read)
        ORDER BY id DESC LIMIT $4`,
      [userId, before, unread, limit],
    );
    return rows.map(this.hydrate);
  }

  async countUnread(userId: number): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      'SELECT count(*)::int AS count FROM notifications WHERE user_id = $1 AND NOT is_read',
      [userId],
    );
    return row.count;
  }

  /** @param ids null for all */
  async markRead(userId: number, ids: number[] | null): Promise<void> {
    await this.dataSource.query(
      `UPDATE notifications SET is_read = true
        WHERE user_id = $1 AND NOT is_read AND ($2::int[] IS NULL OR id = ANY ($2))`,
      [userId, ids],
    );
  }

  async mutedTypes(userId: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ type: string }[]>(
      'SELECT notification_type AS type FROM notification_mutes WHERE user_id = $1',
      [userId],
    );
    return rows.map(({ type }) => type);
  }

  async mute(tx: Transaction, userId: number, types: string[], muted: boolean): Promise<void> {
    if (muted) {
      await tx.query(
        `INSERT INTO notification_mutes (user_id, notification_type) SELECT $1, unnest($2::text[])
         ON CONFLICT DO NOTHING`,
        [userId, types],
      );
    } else {
      await tx.query('DELETE FROM notification_mutes WHERE user_id = $1 AND notification_type = ANY ($2)', [
        userId,
        types,
      ]);
    }
  }

  /** By id; deleted ones are left out. */
  async leads(tx: Transaction, ids: number[]): Promise<Map<number, NamedLead>> {
    const rows = await tx.query<NamedLead[]>(
      `SELECT l.id, coalesce(l.practice_name, l.owner_name, 'Lead ' || l.id) AS name,
              l.assigned_user_id AS "assignedUserId", u.full_name AS "ownerName", u.manager_id AS "ownerManagerId"
         FROM leads l LEFT JOIN users u ON u.id = l.assigned_user_id
        WHERE l.id = ANY ($1) AND l.deleted_at IS NULL`,
      [ids],
    );
    return new Map(rows.map((lead) => [lead.id, lead]));
  }

  async people(tx: Transaction, ids: number[]): Promise<Map<number, NamedPerson>> {
    const rows = await tx.query<NamedPerson[]>(
      `SELECT id, full_name AS name, role = 'agent' AS "isAgent" FROM users WHERE id = ANY ($1)`,
      [ids],
    );
    return new Map(rows.map((person) => [person.id, person]));
  }
}
