import { ApiProperty } from '@nestjs/swagger';
import { Equals } from 'class-validator';

/** Said on purpose: it cannot be undone. */
export class EraseDto {
  @ApiProperty({ enum: ['erase'] })
  @Equals('erase', { message: 'must be the word erase: this cannot be undone' })
  confirm: 'erase';
}

export class PersonalDataResponse {
  @ApiProperty({ format: 'date-time' })
  exported_at: Date;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'object', additionalProperties: true } },
    description: 'Rows by the name of their table.',
  })
  tables: Record<string, Record<string, unknown>[]>;
}
