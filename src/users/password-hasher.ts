import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2';
import { verify as bcryptVerify } from '@node-rs/bcrypt';

/** OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB of memory, two iterations, one lane. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash that no password has, so that signing in as nobody takes as long as signing in as somebody. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$0Jfn+uUDjUOWxb9CmlAxww$qmm7QSGTZGxJlV2aFLwd61Qyo5yzRvOEE98rZiwCsuc';

export function hashPassword(password: string): Promise<string> {
  return argon2Hash(password, ARGON2ID);
}

/** Whether the password is the one that was hashed; takes argon2id and the first version's bcrypt. */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  try {
    if (hash === undefined) {
      await argon2Verify(NOBODY, password);
      return false;
    }
    return await (isBcrypt(hash) ? bcryptVerify(password, hash) : argon2Verify(hash, password));
  } catch {
    // A value that is no hash matches nothing.
    return false;
  }
}

/** Whether the hash should be replaced at the next chance. */
export function isOutdatedHash(hash: string): boolean {
  return !hash.startsWith(
    `$argon2id$v=19$m=${ARGON2ID.memoryCost},t=${ARGON2ID.timeCost},p=${ARGON2ID.parallelism}$`,
  );
}

const isBcrypt = (hash: string): boolean => /^\$2[abxy]\$/.test(hash);
