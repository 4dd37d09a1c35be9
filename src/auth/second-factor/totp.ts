import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as authenticator apps know it: SHA-1, six digits, thirty seconds. */
const PERIOD_SECONDS = 30;
const FORM = { algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS } as const;
/** RFC 4226, section 4: at least 128 bits, better 160. */
const SECRET_BYTES = 20;
/** Steps that a clock may be off, each way. @see RFC 6238, section 5.2 */
const TOLERATED_STEPS = 1;

export const newSecret = (): Buffer => Buffer.from(new Secret({ size: SECRET_BYTES }).bytes);

const totpOf = (secret: Buffer, label = ''): TOTP =>
  new TOTP({
    ...FORM,
    issuer: 'Rota',
    label,
    // A buffer's memory may be shared with others.
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });

/** What is typed into an app, and what its camera reads. */
export function enrolmentOf(secret: Buffer, username: string): { secret: string; otpauth_url: string } {
  const totp = totpOf(secret, username);
  return { secret: totp.secret.base32, otpauth_url: totp.toString() };
}

/**
 * The time step whose code this is.
 *
 * @param now milliseconds since 1970
 * @returns counter of RFC 6238; undefined when it is the code of no step near `now`
 */
export function stepOf(secret: Buffer, code: string, now: number): number | undefined {
  // Six digits of other scripts are as many characters and more bytes, over which the library throws.
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: TOLERATED_STEPS });
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}
