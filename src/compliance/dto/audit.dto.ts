import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsTime } from '../../common/is-time.js';
import { PageQuery } from '../../common/page.query.js';
import { AUDIT_ACTIONS, AuditAction } from '../../enums/index.js';

const toInteger = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );
const IsId = () => {
  const options = { message: 'must be an id' };
  const decorators = [
    toInteger(),
    IsOptional(),
    IsInt(options),
    Min(1, options),
    Max(2_147_483_647, options),
  ];
  return (target: object, key: string) => {
    for (const decorate of decorators) decorate(target, key);
  };
};

/** Subjects of the audit trail. */
export const AUDIT_SUBJECTS = ['user', 'api_key', 'webhook', 'export', 'policy', 'lead', 'scoring'] as const;

export class AuditQuery extends PickType(PageQuery, ['limit', 'cursor'] as const) {
  @ApiPropertyOptional({ enum: AUDIT_ACTIONS })
  @IsOptional()
  @IsIn(AUDIT_ACTIONS, { message: `must be one of ${AUDIT_ACTIONS.join(', ')}` })
  action?: AuditAction;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'Done by this user.' })
  @IsId()
  actor_id?: number;

  @ApiPropertyOptional({ enum: AUDIT_SUBJECTS, description: 'Done to one of these.' })
  @IsOptional()
  @IsIn(AUDIT_SUBJECTS, { message: `must be one of ${AUDIT_SUBJECTS.join(', ')}` })
  subject_type?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'With subject_type: done to this one.' })
  @IsId()
  subject_id?: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'Not before.' })
  @IsOptional()
  @IsTime()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before.' })
  @IsOptional()
  @IsTime()
  to?: string;
}

/** Something that was done; where from is null once it is forgotten. */
export class AuditEntryResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ format: 'date-time' })
  occurred_at: Date;

  @ApiProperty({ enum: AUDIT_ACTIONS })
  action: AuditAction;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: nobody who was signed in.' })
  actor_id: number | null;

  @ApiProperty({ type: String, nullable: true })
  actor_name: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The sign-in, or `key:` and the number of an API key.',
  })
  session_id: string | null;

  @ApiProperty({ type: String, nullable: true })
  subject_type: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  subject_id: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of users what they are called now.' })
  subject_name: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  details: Record<string, unknown>;

  @ApiProperty({ type: String, nullable: true })
  ip_address: string | null;

  @ApiProperty({ type: String, nullable: true })
  user_agent: string | null;

  @ApiProperty({ type: String, nullable: true })
  request_id: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Place in the chain; null for some seconds.' })
  position: number | null;
}

export class AuditListResponse {
  @ApiProperty({ type: [AuditEntryResponse] })
  entries: AuditEntryResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
