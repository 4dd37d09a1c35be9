import type { Transaction } from '../database/transaction-runner.js';
import type { OutboxFact } from './outbox-fact.js';

interface ConsumerOptions {
  /** Says what it does, e.g. `award-points-when-activity-is-logged`. Its progress is kept by it: never change it. */
  consumer: string;
  /** Where a consumer starts that this database has not seen before; `beginning` goes back as far as facts are kept. */
  from?: 'now' | 'beginning';
}
interface OneByOne extends ConsumerOptions {
  batch?: false;
}
interface InBatches extends ConsumerOptions {
  batch: true;
}

/** What the decorator leaves on a method. */
export interface Subscription extends ConsumerOptions {
  types: string[];
  batch: boolean;
}

export const SUBSCRIPTION = 'rota:outbox-subscription';

/** Stands for every type. */
export const EVERY_FACT = '*';

type Handles<Told> = (
  target: object,
  method: string | symbol,
  descriptor: TypedPropertyDescriptor<(tx: Transaction, told: Told) => Promise<void>>,
) => void;

/**
 * Makes a provider's method a consumer of committed facts, of these types or of all (`'*'`). It gets each fact in a
 * transaction that also records the delivery: do everything in it, and a repeat has no second effect. Facts of one lead
 * come in order. When it throws, the fact is tried again later; facts of other leads and other consumers go on.
 *
 * With `batch: true` it gets up to 500 facts at once, in order; when it throws, it gets them one by one.
 */
export function OnOutboxEvent(
  ...args: [type: string, ...types: string[], options: OneByOne]
): Handles<OutboxFact>;
export function OnOutboxEvent(
  ...args: [type: string, ...types: string[], options: InBatches]
): Handles<OutboxFact[]>;
export function OnOutboxEvent(...args: unknown[]): MethodDecorator {
  const options = args.at(-1) as OneByOne | InBatches;
  const types = args.slice(0, -1) as string[];
  const subscription: Subscription = { ...options, types, batch: options.batch ?? false };
  return (_target, _method, descriptor) => {
    Reflect.defineMetadata(SUBSCRIPTION, subscription, descriptor.value as object);
  };
}
