import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { ApiKeysRepository } from './api-keys.repository.js';

const FLUSH_EVERY_MS = 15_000;

/** Keeps when keys were last used without a write per request: notes it in memory and saves it in batches. */
@Injectable()
export class ApiKeyUsesRecorder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ApiKeyUsesRecorder.name);
  private uses = new Map<number, Date>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly keys: ApiKeysRepository) {}

  mark(keyId: number): void {
    this.uses.set(keyId, new Date());
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Saves what was noted; a failure only costs these moments. */
  async flush(): Promise<void> {
    if (this.uses.size === 0) return;
    const batch = this.uses;
    this.uses = new Map();
    await this.keys.saveUses(batch).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'The last use of API keys could not be saved');
    });
  }
}
