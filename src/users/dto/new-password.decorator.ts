import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../password-policy.js';

/** A password that is being chosen; what depends on whose it is, the service checks. */
export const NewPassword = (description?: string) =>
  applyDecorators(
    ApiProperty({
      type: String,
      format: 'password',
      minLength: SHORTEST_PASSWORD,
      maxLength: LONGEST_PASSWORD,
      description,
    }),
    IsString({ message: 'must be text' }),
    MinLength(SHORTEST_PASSWORD, { message: `must have at least ${SHORTEST_PASSWORD} characters` }),
    MaxLength(LONGEST_PASSWORD, { message: `must not have more than ${LONGEST_PASSWORD} characters` }),
  );
