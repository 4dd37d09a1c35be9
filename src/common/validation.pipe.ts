import { ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { ClassConstructor, plainToInstance } from 'class-transformer';
import { ValidationError, ValidatorOptions, validate } from 'class-validator';
import { FieldError, validationProblem } from './problem.js';

const RULES: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
};

/** Leaves path parameters to their own pipe as they were sent; Nest's would hand it `0x1` and `1e0` as the number 1. */
class BodyAndQueryPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return metadata.type === 'param' ? value : super.transform(value, metadata);
  }
}

/** The one pipe every body and query passes: unknown fields are refused and every bad field is reported at once. */
export function createValidationPipe(): ValidationPipe {
  return new BodyAndQueryPipe({
    transform: true,
    ...RULES,
    exceptionFactory: (errors) => validationProblem(flatten(errors)),
  });
}

/** One row of many, held against the same rules as a body of its own: the row, or what is wrong with it. */
export async function validateRow<Row extends object>(
  type: ClassConstructor<Row>,
  value: unknown,
): Promise<{ row: Row } | { errors: FieldError[] }> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { errors: [{ field: 'row', code: 'not_an_object', message: 'must be a JSON object' }] };
  }
  const row = plainToInstance(type, value);
  const errors = flatten(await validate(row, RULES));
  return errors.length > 0 ? { errors } : { row };
}

/** Field errors of a tree of validation errors, nested fields as `parent.child`. */
export function flatten(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent ? `${parent}.${error.property}` : error.property;
    const own = mostBasic(Object.entries(error.constraints ?? {})).map(([code, message]) =>
      toFieldError(field, code, message),
    );
    // What is wrong as a whole is not looked at in its parts.
    return own.length > 0 ? own : flatten(error.children ?? [], field);
  });
}

const KINDS: readonly string[] = ['isString', 'isArray', 'isObject', 'isBoolean'];

/** One is said of each field: what is no text is not too long, whichever rule was looked at first. */
const mostBasic = <Constraint extends [string, string]>(constraints: Constraint[]): Constraint[] => {
  const [first] = constraints;
  const kind = constraints.find(([code]) => KINDS.includes(code)) ?? first;
  return kind ? [kind] : [];
};

function toFieldError(field: string, constraint: string, message: string): FieldError {
  if (constraint === 'whitelistValidation') {
    return { field, code: 'unknown_field', message: 'is not a field that can be sent here' };
  }
  if (constraint === 'unknownValue')
    return { field: field || 'body', code: 'not_an_object', message: 'must be a JSON object' };
  const code = constraint.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  // Validators begin their sentence with the field's name, which `field` already says.
  const name = field.split('.').at(-1) ?? field;
  return { field, code, message: message.startsWith(`${name} `) ? message.slice(name.length + 1) : message };
}
