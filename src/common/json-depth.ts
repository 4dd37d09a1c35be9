const QUOTE = 34;
const BACKSLASH = 92;
const OPENING = new Set([91, 123]);
const CLOSING = new Set([93, 125]);

/**
 * Whether a JSON text nests arrays and objects deeper than `limit`. Parsers take any depth; whoever then walks the value,
 * as validation does, runs out of stack at some thousand levels.
 */
export function isDeeperThan(json: string, limit: number): boolean {
  let depth = 0;
  let isInText = false;
  for (let position = 0; position < json.length; position++) {
    const unit = json.charCodeAt(position);
    if (isInText) {
      if (unit === BACKSLASH) position += 1;
      else if (unit === QUOTE) isInText = false;
    } else if (unit === QUOTE) isInText = true;
    else if (OPENING.has(unit)) {
      depth += 1;
      if (depth > limit) return true;
    } else if (CLOSING.has(unit)) depth -= 1;
  }
  return false;
}
