import { isError } from './is-error.js';
import { databaseUnavailable, Problem } from './problem.js';

interface DriverError extends Error {
  code?: string;
  driverError?: DriverError;
}

/** Classes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) by what they mean to a client. */
const UNAVAILABLE = /^(08|57P|53)/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN']);
/** TypeORM's words for a connection that died between two statements of a transaction. */
const LOST_RUNNER = new Set(['QueryRunnerAlreadyReleasedError', 'QueryRunnerProviderAlreadyReleasedError']);
const LOST_CONNECTION =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Query read timeout/i;

const isLost = ({ name, message }: Error): boolean => LOST_RUNNER.has(name) || LOST_CONNECTION.test(message);

/**
 * Problem of an error that PostgreSQL or its driver raised; undefined when the error is not of the database,
 * or is one that only a fault of ours explains.
 */
export function problemOfDatabaseError(thrown: unknown): Problem | undefined {
  if (!isError(thrown)) return undefined;
  const error = (thrown as DriverError).driverError ?? (thrown as DriverError);
  const code = error.code ?? '';
  if (isLost(error) || NETWORK.has(code) || UNAVAILABLE.test(code)) return databaseUnavailable(thrown);
  switch (code) {
    case '57014': // query_canceled: statement_timeout
      return new Problem(
        503,
        'took-too-long',
        'This took too long and was stopped; narrow the request or try again.',
        {
          headers: { 'Retry-After': '5' },
          cause: thrown,
        },
      );
    case '40001': // serialization_failure
    case '40P01': // deadlock_detected
    case '55P03': // lock_not_available
      return new Problem(503, 'busy', 'Somebody else is changing the same records; try again.', {
        headers: { 'Retry-After': '1' },
        cause: thrown,
      });
    case '22021': // character_not_in_repertoire
    case '22P05': // untranslatable_character
      return new Problem(400, 'malformed-text', 'The request has characters that cannot be stored.', {
        cause: thrown,
      });
    default:
      return undefined;
  }
}
