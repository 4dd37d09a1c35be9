import { TOTP } from 'otpauth';
import { PASSWORD } from './actors.js';
import { Client } from './client.js';

/** The code that an app with this secret shows, `later` steps of 30 seconds from now. */
export const codeOf = (secret: string, later = 0): string =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + later * 30_000 });

/** Begins to turn a second factor on. @returns the code that confirms it */
export async function enrol(person: Client): Promise<string> {
  const { body } = await person.post('/auth/second-factor/enrol', { current_password: PASSWORD });
  return codeOf(body.secret);
}

/** @returns the recovery codes */
export async function turnOnSecondFactor(person: Client): Promise<string[]> {
  const { body } = await person.post('/auth/second-factor/confirm', { code: await enrol(person) });
  return body.recovery_codes;
}
