import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PageQuery } from '../../../common/page.query.js';

/** Events of the catalogue that programs may want; those of one connection or one person are not among them. */
export const WEBHOOK_EVENT_TYPES = [
  'lead.created',
  'lead.updated',
  'lead.assigned',
  'lead.unassigned',
  'lead.status_changed',
  'lead.recycled',
  'lead.deleted',
  'lead.restored',
  'activity.created',
  'activity.updated',
  'activity.completed',
  'activity.undone',
  'leaderboard.updated',
  'badge.earned',
  'distribution.completed',
] as const;

/** What a webhook may ask for. */
export const WEBHOOK_CHOICES = ['*', ...WEBHOOK_EVENT_TYPES] as const;

export class CreateWebhookDto {
  @ApiProperty({ example: 'https://example.com/hooks/rota', maxLength: 2000 })
  @IsString({ message: 'must be a web address' })
  @MaxLength(2000, { message: 'must not be longer than 2000 characters' })
  url: string;

  @ApiProperty({ isArray: true, enum: WEBHOOK_CHOICES, description: '`*` for all.' })
  @ArrayMinSize(1, { message: 'must name at least one type of events' })
  @ArrayMaxSize(WEBHOOK_CHOICES.length, { message: 'names too many types' })
  @ArrayUnique({ message: 'must not name a type twice' })
  @IsIn(WEBHOOK_CHOICES, { each: true, message: 'must be types of events' })
  event_types: string[];
}

export class ListDeliveriesQuery extends OmitType(PageQuery, ['skip'] as const) {}

export class ReplayDto {
  @ApiPropertyOptional({ type: [Number], description: 'Which ones; all that were given up when not sent.' })
  @IsOptional()
  @ArrayMinSize(1, { message: 'must name at least one delivery' })
  @ArrayMaxSize(200, { message: 'must name at most 200 deliveries' })
  @IsInt({ each: true, message: 'must be ids of deliveries' })
  @Min(1, { each: true, message: 'must be ids of deliveries' })
  @Max(Number.MAX_SAFE_INTEGER, { each: true, message: 'must be ids of deliveries' })
  ids?: number[];
}
