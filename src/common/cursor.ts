import { Problem } from './problem.js';

/**
 * Opaque keyset cursor: the last row's sort values, bound to the sort they belong to.
 * Nothing in it is trusted beyond its shape: visibility is applied anew to every page.
 */
export function encodeCursor(payload: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(payload), 'utf8').toString('base64url');
}

/** @throws Problem 422 when the text is not a cursor of ours */
export function decodeCursor(text: string): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof payload === 'object' && payload !== null && !Array.isArray(payload))
      return payload as Record<string, unknown>;
  } catch {
    // falls through to the refusal
  }
  throw invalidCursor();
}

export function invalidCursor(): Problem {
  const message = 'is not a cursor of this list; start again without it';
  return new Problem(422, 'validation-failed', `cursor: ${message}`, {
    errors: [{ field: 'cursor', code: 'invalid_cursor', message }],
  });
}
