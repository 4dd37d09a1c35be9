import { Injectable } from '@nestjs/common';
import type { Consumer } from './consumer.js';
import { ConsumerExplorer } from './consumer-explorer.js';
import { ConsumersRepository } from './consumers.repository.js';

/** The consumers of this process. */
@Injectable()
export class ConsumerRegistry {
  /** Empty until the application has started. */
  all: Consumer[] = [];

  constructor(
    private readonly explorer: ConsumerExplorer,
    private readonly repository: ConsumersRepository,
  ) {}

  /**
   * Finds them and enters the new ones in the database.
   *
   * @throws Error when two have one name
   */
  async enrol(): Promise<Consumer[]> {
    const consumers = this.explorer.explore();
    await this.repository.register(consumers);
    this.all = consumers;
    return consumers;
  }
}
