import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '../../common/page.query.js';
import { normalizeUsPhone } from '../fields/phone.js';

const Reason = () => (target: object, property: string) => {
  for (const rule of [
    ApiPropertyOptional({ type: String, nullable: true, maxLength: 500, example: 'Asked not to be called' }),
    IsOptional(),
    IsString({ message: 'must be text' }),
    MaxLength(500, { message: 'must not be longer than 500 characters' }),
  ])
    rule(target, property);
};

export class DoNotContactDto {
  @ApiProperty({ description: 'false lets the lead be contacted again.' })
  @IsBoolean({ message: 'must be true or false' })
  do_not_contact: boolean;

  @Reason()
  reason?: string | null;
}

export class ClosePhoneDto {
  @ApiProperty({ example: '(410) 555-2034', description: 'Any way of writing a US number.' })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? (normalizeUsPhone(value) ?? value) : value,
  )
  @Matches(/^\(\d{3}\) \d{3}-\d{4}$/, { message: 'must be a US phone number of 10 digits' })
  phone: string;

  @Reason()
  reason?: string | null;
}

export class ClosedPhonesQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, maxLength: 20, description: 'Digits to find in the number.' })
  @IsOptional()
  @IsString({ message: 'must be given once' })
  @MaxLength(20, { message: 'must not be longer than 20 characters' })
  q?: string;
}

export class ClosedPhone {
  @ApiProperty({ example: '(410) 555-2034' })
  phone: string;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Who closed it.' })
  created_by: number | null;

  @ApiProperty({ type: String, nullable: true })
  created_by_name: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at: Date;
}

export class ClosedPhonesResponse {
  @ApiProperty({ type: [ClosedPhone], description: 'Newest first.' })
  phones: ClosedPhone[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
