import { dictionary } from '@zxcvbn-ts/language-common';
import { FieldError } from '../common/problem.js';

/**
 * Length is what counts, not kinds of characters.
 * @see NIST SP 800-63B, section 5.1.1.2
 */
export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;

/** Passwords that others have chosen often enough to be tried first: 49,233 from published leaks, the short ones left out. */
const COMMON: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter((password) => password.length >= SHORTEST_PASSWORD),
);

/**
 * What is wrong with a password of allowed length, given whose it would be.
 *
 * @see NIST SP 800-63B, section 5.1.1.2: compared with those commonly used and with what its owner is called
 */
export function findPasswordFault(password: string, username: string, field: string): FieldError | undefined {
  const lowered = password.toLowerCase();
  if (lowered === username.toLowerCase())
    return { field, code: 'is_username', message: 'must not be the username' };
  if (COMMON.has(lowered))
    return { field, code: 'is_common', message: 'is one of the first that others would try' };
  return undefined;
}
