import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';
import { PROBLEM_TITLES } from './problem.js';

/** One bad field, as clients see it. */
export class FieldErrorDto {
  @ApiProperty({ description: 'The field as it was sent.', example: 'practice_phone' })
  field: string;

  @ApiProperty({ description: 'Stable, for programs.', example: 'us_phone' })
  code: string;

  @ApiProperty({ description: 'For people.', example: 'must be a US phone number of 10 digits' })
  message: string;
}

/** RFC 9457 problem details: every answer that is not a success. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:rota:problem:validation-failed' })
  type: string;

  @ApiProperty({ example: 'Unprocessable Content' })
  title: string;

  @ApiProperty({ type: 'integer', example: 422 })
  status: number;

  @ApiProperty({ description: 'One sentence a person can act on.' })
  detail: string;

  @ApiProperty({ description: 'The path that was called.', example: '/api/v1/leads/1' })
  instance: string;

  @ApiPropertyOptional({ type: [FieldErrorDto], description: 'Every bad field, when fields are the reason.' })
  errors?: FieldErrorDto[];
}

export const PROBLEM_SCHEMA_REF = '#/components/schemas/ProblemDto';

/** Documents the problems that only this route answers with; those common to all routes are added to each. */
export function ApiProblems(...statuses: number[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: PROBLEM_TITLES[status] ?? 'Error',
        content: { 'application/problem+json': { schema: { $ref: PROBLEM_SCHEMA_REF } } },
      }),
    ),
  );
}
