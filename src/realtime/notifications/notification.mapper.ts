import { NotificationResponse } from './dto/notification.response.js';
import { Notification } from './notification.entity.js';

/** Entity to wire. */
export function toNotificationResponse(notification: Notification): NotificationResponse {
  return {
    id: notification.id,
    type: notification.notificationType,
    title: notification.title,
    message: notification.message,
    data: notification.data ?? {},
    is_read: notification.isRead,
    created_at: notification.createdAt,
  };
}
