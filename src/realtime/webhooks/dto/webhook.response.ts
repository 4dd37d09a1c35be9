import { ApiProperty } from '@nestjs/swagger';
import { WEBHOOK_CHOICES } from './webhook.dto.js';

export class WebhookResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  url: string;

  @ApiProperty({ isArray: true, enum: WEBHOOK_CHOICES })
  event_types: string[];

  @ApiProperty()
  is_active: boolean;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at: Date;
}

export class NewWebhookResponse extends WebhookResponse {
  @ApiProperty({
    description: 'What messages are signed with, by Standard Webhooks. Told this once.',
    example: 'whsec_…',
  })
  secret: string;
}

export class WebhookDeliveryResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ format: 'uuid', description: 'The header `webhook-id`.' })
  event_id: string;

  @ApiProperty()
  type: string;

  @ApiProperty({ enum: ['pending', 'delivered', 'given_up'] })
  state: 'pending' | 'delivered' | 'given_up';

  @ApiProperty({ type: 'integer' })
  attempts: number;

  @ApiProperty({ type: 'integer', nullable: true })
  response_status: number | null;

  @ApiProperty({ type: String, nullable: true })
  last_error: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  next_attempt_at: Date | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  delivered_at: Date | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at: Date;
}

export class WebhookDeliveryListResponse {
  @ApiProperty({ type: [WebhookDeliveryResponse] })
  deliveries: WebhookDeliveryResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send as `cursor` for the next page; null on the last.',
  })
  next_cursor: string | null;
}

export class ReplayResponse {
  @ApiProperty({ type: 'integer', description: 'Messages that will be sent again.' })
  replayed: number;
}
