import { createHash, randomBytes } from 'node:crypto';

const COUNT = 10;
const BYTES = 10;
/** Crockford's: without letters that are taken for digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const FORM = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** Ten codes of 80 random bits, as people write them down: `ABCD-EFGH-JKMN-PQRS`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    let bits = BigInt(`0x${randomBytes(BYTES).toString('hex')}`);
    let code = '';
    for (let digit = 0; digit < 16; digit++) {
      code += ALPHABET[Number(bits & 31n)];
      bits >>= 5n;
    }
    return code.replace(/(.{4})(?=.)/g, '$1-');
  });
}

/**
 * SHA-256 of a code as it was typed: in any case, with or without dashes, O for 0 and I or L for 1. Codes are random, so
 * there is nothing for a slow hash to slow down.
 *
 * @returns undefined for what cannot be a code
 */
export function hashRecoveryCode(typed: string): Buffer | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return FORM.test(code) ? createHash('sha256').update(code).digest() : undefined;
}
