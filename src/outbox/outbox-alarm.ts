import { Injectable } from '@nestjs/common';

/** Wakes this process's dispatcher. Ringing costs nothing and may be done as often as one likes. */
@Injectable()
export class OutboxAlarm {
  private rung = false;
  private wake: (() => void) | undefined;

  /** A property, because the same function given twice after one commit rings once. */
  readonly ring = (): void => {
    this.rung = true;
    this.wake?.();
  };

  /** Resolves after `ms`, or at once when it rings or has rung since the last time. */
  async sleep(ms: number): Promise<void> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.rung = false;
    this.wake = undefined;
  }
}
