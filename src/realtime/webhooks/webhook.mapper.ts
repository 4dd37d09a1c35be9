import { WebhookDeliveryResponse, WebhookResponse } from './dto/webhook.response.js';
import { Webhook, WebhookDelivery } from './webhook.entity.js';

/** Entity to wire, without the secret. */
export function toWebhookResponse(webhook: Webhook): WebhookResponse {
  return {
    id: webhook.id,
    url: webhook.url,
    event_types: webhook.eventTypes,
    is_active: webhook.isActive,
    created_at: webhook.createdAt,
  };
}

export function toDeliveryResponse(delivery: WebhookDelivery): WebhookDeliveryResponse {
  const isOver = delivery.deliveredAt ? 'delivered' : 'given_up';
  return {
    id: Number(delivery.id),
    event_id: delivery.eventId,
    type: delivery.type,
    state: delivery.nextAttemptAt ? 'pending' : isOver,
    attempts: delivery.attempts,
    response_status: delivery.responseStatus,
    last_error: delivery.lastError,
    next_attempt_at: delivery.nextAttemptAt,
    delivered_at: delivery.deliveredAt,
    created_at: delivery.createdAt,
  };
}
