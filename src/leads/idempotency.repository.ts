import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { validationProblem } from '../common/problem.js';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { Actor } from '../users/actor.js';
import { leadErrors } from './lead.errors.js';

interface StoredAnswer {
  request_hash: string;
  response: unknown;
}

/** Old answers are cleared a few at a time by the requests that store new ones. */
const KEPT_FOR = '24 hours';

/** Makes a write that carries an Idempotency-Key happen once, however often and however fast it is repeated. */
@Injectable()
export class IdempotencyRepository {
  constructor(private readonly transactions: TransactionRunner) {}

  /**
   * Runs `write` in a transaction; with a key, its repetition gets the first answer without writing again.
   * A repetition that arrives while the first still runs waits for it. A failed write leaves no trace.
   *
   * @param request what the key stands for; the same key with another one is refused
   * @throws Problem 422 when the key belongs to another request or is too long
   */
  run<Answer>(
    actor: Actor,
    key: string | undefined,
    request: unknown,
    write: (tx: Transaction) => Promise<Answer>,
  ): Promise<Answer> {
    if (key === undefined) return this.transactions.run(write);
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      const message = 'must be 1 to 255 printable ASCII characters';
      throw validationProblem([{ field: 'Idempotency-Key', code: 'invalid_key', message }]);
    }
    const hash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    return this.transactions.run(async (tx) => {
      const stored = await this.claim(tx, actor.id, key, hash);
      if (stored) {
        if (stored.request_hash !== hash) throw leadErrors.idempotencyMismatch();
        return stored.response as Answer;
      }
      const answer = await write(tx);
      await tx.query('UPDATE idempotency_keys SET response = $3 WHERE user_id = $1 AND key = $2', [
        actor.id,
        key,
        JSON.stringify(answer),
      ]);
      return answer;
    });
  }

  /** @returns the answer that is already there; undefined when the key is this transaction's now */
  private async claim(
    tx: Transaction,
    userId: number,
    key: string,
    hash: string,
  ): Promise<StoredAnswer | undefined> {
    await tx.query(
      `DELETE FROM idempotency_keys WHERE (user_id, key) IN (
         SELECT user_id, key FROM idempotency_keys WHERE created_at < now() - $1::interval
          ORDER BY created_at LIMIT 20 FOR UPDATE SKIP LOCKED)`,
      [KEPT_FOR],
    );
    const claimed = await tx.query<unknown[]>(
      `INSERT INTO idempotency_keys (user_id, key, request_hash, status, response) VALUES ($1, $2, $3, 201, 'null')
       ON CONFLICT DO NOTHING RETURNING 1`,
      [userId, key, hash],
    );
    if (claimed.length > 0) return undefined;
    const [stored] = await tx.query<StoredAnswer[]>(
      'SELECT request_hash, response FROM idempotency_keys WHERE user_id = $1 AND key = $2',
      [userId, key],
    );
    return stored;
  }
}
