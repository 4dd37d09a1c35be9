import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { requestContext } from '../common/request-context.js';
import type { Transaction } from '../database/transaction-runner.js';
import type { Consumer } from './consumer.js';
import { EVERY_FACT, SUBSCRIPTION, Subscription } from './on-outbox-event.decorator.js';
import type { OutboxFact } from './outbox-fact.js';

type Method = (tx: Transaction, told: OutboxFact | OutboxFact[]) => Promise<void>;

/** Finds the methods with `@OnOutboxEvent` in every module. */
@Injectable()
export class ConsumerExplorer {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error when two consumers have one name, or one belongs to a provider that is made for each request */
  explore(): Consumer[] {
    const consumers = new Map<string, Consumer>();
    for (const consumer of this.find()) {
      const other = consumers.get(consumer.name);
      if (other) {
        throw new Error(
          `Outbox consumer "${consumer.name}" is there twice: ${other.place} and ${consumer.place}`,
        );
      }
      consumers.set(consumer.name, consumer);
    }
    return [...consumers.values()];
  }

  private find(): Consumer[] {
    return this.discovery
      .getProviders()
      .filter((wrapper) => !wrapper.isAlias)
      .flatMap((wrapper) => {
        const isStatic = wrapper.isDependencyTreeStatic() && !wrapper.isTransient;
        const provider = (isStatic ? wrapper.instance : wrapper.metatype?.prototype) as
          | object
          | null
          | undefined;
        if (typeof provider !== 'object' || provider === null) return [];
        const prototype = (isStatic ? Object.getPrototypeOf(provider) : provider) as Record<
          string,
          Method
        > | null;
        return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
          const method = prototype?.[name];
          const subscription: Subscription | undefined = method && Reflect.getMetadata(SUBSCRIPTION, method);
          if (!method || !subscription) return [];
          const place = `${wrapper.name as string}.${name}`;
          if (!isStatic) throw new Error(`${place} cannot consume facts: its provider is not a singleton`);
          return [toConsumer(subscription, method.bind(provider), place)];
        });
      });
  }
}

function toConsumer(subscription: Subscription, method: Method, place: string): Consumer {
  return {
    name: subscription.consumer,
    types: subscription.types.includes(EVERY_FACT) ? null : subscription.types,
    batch: subscription.batch,
    from: subscription.from ?? 'now',
    place,
    handle: subscription.batch ? method : one(method),
    oneByOneThrough: 0,
    isAtWork: false,
    hasFacts: false,
    hasRetriesDue: false,
  };
}

/** What follows from a fact carries the id of the request that it came from. */
function one(method: Method): Consumer['handle'] {
  return async (tx, facts) => {
    for (const fact of facts) {
      const follow = () => method(tx, fact);
      await (fact.requestId ? requestContext.run({ requestId: fact.requestId }, follow) : follow());
    }
  };
}
