import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** A whole number in a query, which may be left out. */
export const OptionalWhole = (min: number, max: number, description?: string, fallback?: number) =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: min, maximum: max, description, default: fallback }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
    ),
    IsOptional(),
    IsInt({ message: `must be a whole number from ${min} to ${max}` }),
    Min(min, { message: `must be a whole number from ${min} to ${max}` }),
    Max(max, { message: `must be a whole number from ${min} to ${max}` }),
  );

export const OptionalId = (description: string) => OptionalWhole(1, 2_147_483_647, description);

/** A day such as 2025-07-22 that the calendar has, for IsDay. */
export const DAY_PATTERN = /^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
export const DAY_MESSAGE = 'must be a day such as 2025-07-22';

/** Days that no calendar has, such as 30 February, become text that is no day. */
export const RealDay = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && DAY_PATTERN.test(value) && !isReal(value) ? 'no such day' : value,
  );

const isReal = (day: string): boolean => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);

export const OptionalDay = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date', description, example: '2025-07-22' }),
    RealDay(),
    IsOptional(),
    Matches(DAY_PATTERN, { message: DAY_MESSAGE }),
  );
