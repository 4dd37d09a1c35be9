import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { JwtSecret } from '../jwt-secret.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts secrets that have to be read again, so that a copy of the database alone does not hold them: AES-256-GCM. */
@Injectable()
export class SecretBox {
  private readonly key: Buffer;

  constructor(env: Env, jwtSecret: JwtSecret) {
    const master = env.ENCRYPTION_KEY ?? jwtSecret.value;
    this.key = Buffer.from(hkdfSync('sha256', master, '', 'rota second factors', 32));
  }

  /** @param owner bound to the text, so that it cannot be put beside another user's name */
  seal(secret: Buffer, owner: number): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(String(owner)));
    return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  /** @returns undefined when it was sealed with another key, or is another's */
  open(box: Buffer, owner: number): Buffer | undefined {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, box.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(String(owner)))
        .setAuthTag(box.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      return undefined;
    }
  }
}
