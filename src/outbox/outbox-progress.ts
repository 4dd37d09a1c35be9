import { Injectable } from '@nestjs/common';

/** Tells readers of this process that the log may have grown. What other processes put into it they find by looking. */
@Injectable()
export class OutboxProgress {
  private readonly listeners = new Set<() => void>();

  tell(): void {
    for (const listener of this.listeners) listener();
  }

  /** @param listener must not throw @returns how to stop listening */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
