import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateActivityDto } from './create-activity.dto.js';

/** Fields sent are set, fields not sent stay, null clears. An activity stays with its lead. */
export class UpdateActivityDto extends PartialType(OmitType(CreateActivityDto, ['lead_id'] as const), {
  skipNullProperties: false,
}) {}

/** What came of something planned. */
export class CompleteActivityDto extends PartialType(
  OmitType(CreateActivityDto, ['lead_id', 'activity_type', 'subject', 'scheduled_at'] as const),
) {}
