import type { FieldErrorDto, ProblemDto } from './schema';

/** An answer other than success, as the API's problem details tell it. */
export class ApiProblem extends Error {
  readonly status: number;
  /** The last part of `type`: `stale-version`. */
  readonly code: string;
  readonly errors: FieldErrorDto[];
  /** Seconds after which it may be tried again; null when the server does not say. */
  readonly retryAfter: number | null;
  readonly body: Record<string, unknown>;

  constructor(status: number, problem: Partial<ProblemDto>, retryAfter: number | null = null) {
    super(problem.detail ?? `The server answered ${status}.`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = problem.type?.split(':').at(-1) ?? 'unknown';
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
    this.body = problem;
  }
}

/** No answer came at all. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('The server cannot be reached right now.', { cause });
    this.name = 'Unreachable';
  }
}

/** One sentence for people, whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiProblem || error instanceof Unreachable) return error.message;
  return 'Something went wrong. Try again.';
}

/** Messages by field; empty when fields are not the reason. */
export function fieldErrorsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(error.errors.map(({ field, message }) => [field, sentence(message)]));
}

/** `must be text` as a sentence. */
export function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
}
