import { createSecretKey, KeyObject, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Env } from '../config/env.js';

const SHORTEST = 32;

/** What access tokens are signed with. */
export class JwtSecret {
  /** Verifying by text makes jsonwebtoken try it as a public key first, which costs more than all the rest. */
  readonly key: KeyObject;

  constructor(readonly value: string) {
    this.key = createSecretKey(value, 'utf8');
  }

  /** JWT_SECRET or, outside production, a random one kept in DATA_DIR so that sign-ins outlive a restart. */
  static of(env: Env): JwtSecret {
    if (env.JWT_SECRET) return new JwtSecret(env.JWT_SECRET);
    if (env.NODE_ENV === 'production') throw new Error('JWT_SECRET must be set in production');
    return new JwtSecret(keptSecret(env.DATA_DIR));
  }
}

function keptSecret(folder: string): string {
  const path = join(folder, 'jwt-secret');
  const kept = readSecret(path) ?? keepNewSecret(folder, path);
  if (kept.length < SHORTEST) {
    throw new Error(`${path} is damaged; delete it, and everybody signs in again`);
  }
  return kept;
}

function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole or not at all, and of two processes that start together the first one's. */
function keepNewSecret(folder: string, path: string): string {
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(path, 'utf8').trim();
}
