import { Problem, validationProblem } from '../common/problem.js';

const BEARER = { 'WWW-Authenticate': 'Bearer' };
/** RFC 6750, section 3.1: a token was sent and is not accepted. */
const INVALID_TOKEN = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };

/** Everything that can be wrong with signing in and staying so. */
export const authErrors = {
  /** The same for an unknown user, a wrong password and an inactive account. */
  invalidCredentials: () =>
    new Problem(401, 'invalid-credentials', 'Invalid credentials', { headers: BEARER }),
  secondFactorRequired: () =>
    new Problem(401, 'second-factor-required', 'Enter the code that your authenticator app shows.', {
      headers: BEARER,
    }),
  wrongCode: () =>
    new Problem(401, 'wrong-code', 'This code is not right, or was used before; wait for the next one.', {
      headers: BEARER,
    }),
  secondFactorIsOn: () =>
    new Problem(409, 'second-factor-is-on', 'There is a second factor already; turn it off first.'),
  secondFactorIsOff: () => new Problem(409, 'second-factor-is-off', 'There is no second factor.'),
  noEnrolment: () => new Problem(409, 'no-enrolment', 'Begin with a new secret for your authenticator app.'),
  wrongCodeInForm: () =>
    validationProblem([{ field: 'code', code: 'wrong_code', message: 'is not right, or was used before' }]),
  notSignedIn: () => new Problem(401, 'not-signed-in', 'Sign in to use this.', { headers: BEARER }),
  tokenExpired: () =>
    new Problem(401, 'token-expired', 'The access token has expired; refresh it.', {
      headers: INVALID_TOKEN,
    }),
  invalidToken: () =>
    new Problem(401, 'invalid-token', 'This sign-in is not valid; sign in again.', {
      headers: INVALID_TOKEN,
    }),
  invalidRefreshToken: () =>
    new Problem(401, 'invalid-refresh-token', 'This sign-in has ended; sign in again.', {
      headers: INVALID_TOKEN,
    }),
  tooManyAttempts: (seconds: number) =>
    new Problem(429, 'too-many-attempts', `Too many failed attempts; try again in ${inWords(seconds)}.`, {
      headers: { 'Retry-After': String(seconds) },
    }),
  invalidApiKey: () =>
    new Problem(401, 'invalid-api-key', 'This API key is not valid, has expired or was revoked.', {
      headers: INVALID_TOKEN,
    }),
  notForPrograms: () => new Problem(403, 'not-for-programs', 'API keys cannot be used for this.'),
  scopeMissing: (scope: string) =>
    new Problem(403, 'scope-missing', `This needs an API key with the scope ${scope}.`),
  apiKeyNotFound: (id: number) => new Problem(404, 'api-key-not-found', `There is no API key ${id}.`),
  roleNotAllowed: () => new Problem(403, 'role-not-allowed', 'Your role may not do this.'),
  routeClosed: () => new Problem(403, 'route-closed', 'Nobody may use this.'),
  crossSiteRefresh: () =>
    new Problem(
      403,
      'cross-site-refresh',
      'Refreshing by cookie needs the header X-Requested-With or a JSON body.',
    ),
  singleSignOnOff: () =>
    new Problem(404, 'single-sign-on-off', 'Single sign-on is not set up; sign in with your password.'),
  /** Too late, a second time, or in a browser that did not begin it. */
  singleSignOnExpired: () =>
    new Problem(401, 'single-sign-on-expired', 'This sign-in is no longer under way; begin again.', {
      headers: BEARER,
    }),
  singleSignOnRefused: () =>
    new Problem(401, 'single-sign-on-refused', 'The provider did not confirm this sign-in; begin again.', {
      headers: BEARER,
    }),
  /** The same for an unknown or unverified address and an inactive account. */
  noAccount: () =>
    new Problem(
      403,
      'no-account',
      'There is no active account with the verified e-mail address of this sign-in; ask an admin for one.',
    ),
  providerUnavailable: () =>
    new Problem(503, 'provider-unavailable', 'The provider of the sign-in does not answer; try again soon.', {
      headers: { 'Retry-After': '10' },
    }),
  noRefreshToken: () =>
    validationProblem([
      { field: 'refresh_token', code: 'required', message: 'must be sent, in the body or as the cookie' },
    ]),
  wrongCurrentPassword: () =>
    validationProblem([
      { field: 'current_password', code: 'wrong_password', message: 'is not your current password' },
    ]),
  samePassword: () =>
    validationProblem([
      { field: 'new_password', code: 'is_current_password', message: 'must not be the current password' },
    ]),
  sessionNotFound: () => new Problem(404, 'session-not-found', 'You have no such session.'),
};

function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} second${seconds === 1 ? '' : 's'}`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} minute${minutes === 1 ? '' : 's'}`;
}
