import { ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { PageQuery } from '../../../common/page.query.js';

const toBoolean = () =>
  Transform(({ value }: { value: unknown }) =>
    value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value,
  );

export class ListNotificationsQuery extends OmitType(PageQuery, ['skip'] as const) {
  @ApiPropertyOptional({ type: Boolean, description: 'Only those that are not read.' })
  @toBoolean()
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  unread?: boolean;
}

export class MarkReadDto {
  @ApiPropertyOptional({ type: [Number], description: 'Which ones; all when not sent.' })
  @IsOptional()
  @ArrayMinSize(1, { message: 'must name at least one notification' })
  @ArrayMaxSize(200, { message: 'must name at most 200 notifications' })
  @IsInt({ each: true, message: 'must be ids of notifications' })
  @Min(1, { each: true, message: 'must be ids of notifications' })
  @Max(2_147_483_647, { each: true, message: 'must be ids of notifications' })
  ids?: number[];
}

const Preference = () => (target: object, property: string) => {
  ApiPropertyOptional({ type: Boolean })(target, property);
  IsOptional()(target, property);
  IsBoolean({ message: 'must be true or false' })(target, property);
};

/** Kinds that are not sent stay as they are. */
export class NotificationPreferencesDto {
  @Preference()
  lead_assigned?: boolean;

  @Preference()
  lead_lost?: boolean;

  @Preference()
  deal_won?: boolean;

  @Preference()
  badge_earned?: boolean;

  @Preference()
  first_contact_due?: boolean;

  @Preference()
  activity_due?: boolean;

  @Preference()
  follow_up_due?: boolean;

  @Preference()
  kudos_received?: boolean;
}
