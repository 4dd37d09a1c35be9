/** One bad field of a request: `field` is what the client sent, `code` is stable, `message` is for people. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** Titles of the statuses that Rota answers with (RFC 9110 reason phrases). */
export const PROBLEM_TITLES: Readonly<Record<number, string>> = {
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
};

interface ProblemOptions {
  errors?: FieldError[];
  headers?: Record<string, string>;
  extensions?: Record<string, unknown>;
  cause?: unknown;
}

/**
 * An answer other than success, as RFC 9457 problem details.
 * Each feature keeps a catalogue of its own problems in `<feature>.errors.ts`.
 */
export class Problem extends Error {
  readonly errors?: FieldError[];
  readonly headers: Record<string, string>;
  readonly extensions: Record<string, unknown>;

  /**
   * @param status HTTP status
   * @param code stable kebab-case name, becomes the last part of `type`
   * @param detail one sentence a person can act on
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'Problem';
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.extensions = options.extensions ?? {};
  }
}

/** 422 with every bad field at once. */
export function validationProblem(errors: FieldError[]): Problem {
  const [first] = errors;
  const detail =
    errors.length === 1 && first
      ? `${first.field}: ${first.message}`
      : `${errors.length} fields are not valid: ${errors.map((error) => error.field).join(', ')}`;
  return new Problem(422, 'validation-failed', detail, { errors });
}

/** 503 for the moments in which PostgreSQL is away or overloaded. */
export function databaseUnavailable(cause?: unknown): Problem {
  return new Problem(
    503,
    'database-unavailable',
    'The database is not available right now; try again shortly.',
    {
      headers: { 'Retry-After': '5' },
      cause,
    },
  );
}
