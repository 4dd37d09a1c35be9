import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nothing that could be guessed, so a fast hash is enough to store it. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url');

/** What the database knows of a refresh token: SHA-256, hexadecimal. */
export const hashRefreshToken = (token: string): string => createHash('sha256').update(token).digest('hex');
