import { ApiProperty } from '@nestjs/swagger';

export class NotificationResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ example: 'lead_assigned' })
  type: string;

  @ApiProperty({ example: 'A new lead is yours' })
  title: string;

  @ApiProperty({ type: String, nullable: true, example: 'Harbor Foot & Ankle' })
  message: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What it is about, such as `lead_ids`.',
  })
  data: Record<string, unknown>;

  @ApiProperty()
  is_read: boolean;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at: Date;
}

export class UnreadResponse {
  @ApiProperty({ type: 'integer', description: 'Unread notifications, over all pages.' })
  unread: number;
}

export class NotificationListResponse extends UnreadResponse {
  @ApiProperty({ type: [NotificationResponse] })
  notifications: NotificationResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send as `cursor` for the next page; null on the last.',
  })
  next_cursor: string | null;
}

export class NotificationPreferencesResponse {
  @ApiProperty({ description: 'A lead was assigned to you.' })
  lead_assigned: boolean;

  @ApiProperty({ description: 'A lead of yours went to the pool or to somebody else.' })
  lead_lost: boolean;

  @ApiProperty({ description: 'An agent of your team won a deal.' })
  deal_won: boolean;

  @ApiProperty({ description: 'You earned a badge.' })
  badge_earned: boolean;

  @ApiProperty({ description: 'A new lead of yours, or of your team, waits too long for its first contact.' })
  first_contact_due: boolean;

  @ApiProperty({ description: 'Something that you planned is due.' })
  activity_due: boolean;

  @ApiProperty({ description: 'It is time to follow up on a lead of yours.' })
  follow_up_due: boolean;

  @ApiProperty({ description: 'A colleague gave you kudos.' })
  kudos_received: boolean;
}
