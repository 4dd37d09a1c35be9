import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** An API key is `rota_`, twelve digits to find it by, `_`, and 256 random bits. */
const FORM = /^rota_([\da-f]{12})_([\w-]{43})$/;

export interface ReadKey {
  /** What it is found by; may be shown. */
  prefix: string;
  /** SHA-256 of the whole key. It is random, so there is nothing for a slow hash to slow down. */
  hash: Buffer;
}

/** Whether something sent as a credential is meant as an API key. */
export const looksLikeApiKey = (text: string): boolean => text.startsWith('rota_');

/** @returns undefined for what cannot be a key */
export function readApiKey(text: string): ReadKey | undefined {
  const [, prefix] = FORM.exec(text) ?? [];
  return prefix === undefined ? undefined : { prefix, hash: createHash('sha256').update(text).digest() };
}

export function newApiKey(): ReadKey & { key: string } {
  const prefix = randomBytes(6).toString('hex');
  const key = `rota_${prefix}_${randomBytes(32).toString('base64url')}`;
  return { key, prefix, hash: createHash('sha256').update(key).digest() };
}

export const isSameHash = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right);
