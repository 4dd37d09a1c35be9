import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';

const MAX_LIST = 1_000;

export const IsCount = (min: number, max: number) => (target: object, property: string) => {
  const message = `must be a whole number from ${min} to ${max}`;
  for (const rule of [IsInt({ message }), Min(min, { message }), Max(max, { message })])
    rule(target, property);
};

export const IsAmount = (min: number, max: number) => (target: object, property: string) => {
  const message = `must be a number from ${min} to ${max}`;
  const isNumber = IsNumber({ allowNaN: false, allowInfinity: false }, { message });
  for (const rule of [isNumber, Min(min, { message }), Max(max, { message })]) rule(target, property);
};

/** A list that is given must name something: an empty one would match nothing. */
export const IsList = (of: PropertyDecorator, what: string) => (target: object, property: string) => {
  const rules = [
    IsOptional(),
    IsArray({ message: `must be a list of ${what}` }),
    ArrayMinSize(1, { message: `must name at least one; with none no lead would ever match` }),
    ArrayMaxSize(MAX_LIST, { message: `must not name more than ${MAX_LIST}` }),
    of,
  ];
  for (const rule of rules) rule(target, property);
};
