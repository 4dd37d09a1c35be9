import { isISO8601, ValidateBy } from 'class-validator';

/** A day, or a time of that day with seconds and offset if need be. */
const FORM = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?)?$/;

function isTime(value: unknown): boolean {
  if (typeof value !== 'string' || !FORM.test(value) || !isISO8601(value, { strict: true })) return false;
  const year = new Date(value).getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** Of ISO 8601, which also knows weeks, commas and centuries, what JavaScript and PostgreSQL both can read. */
export const IsTime = () =>
  ValidateBy({
    name: 'isIso8601',
    validator: {
      validate: isTime,
      defaultMessage: () => 'must be a time such as 2025-07-22T16:30:00Z',
    },
  });
