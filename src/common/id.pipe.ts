import { Injectable, PipeTransform } from '@nestjs/common';
import { Problem, validationProblem } from './problem.js';

const LARGEST_INTEGER = 2_147_483_647;

/**
 * The number of a record, as it stands in a path.
 *
 * @throws Problem 422 when the text is no number, 404 when it is one that no record can have
 */
export function parseId(raw: string, field = 'id'): number {
  if (!/^\d{1,15}$/.test(raw)) {
    const message = `must be a whole number, not ${JSON.stringify(raw.slice(0, 40))}`;
    throw validationProblem([{ field, code: 'is_id', message }]);
  }
  const id = Number(raw);
  if (id > LARGEST_INTEGER) throw new Problem(404, 'not-found', `There is nothing with the number ${raw}.`);
  return id;
}

/** parseId for a path parameter. */
@Injectable()
export class IdPipe implements PipeTransform<string, number> {
  transform(raw: string, { data }: { data?: string }): number {
    return parseId(raw, data);
  }
}
