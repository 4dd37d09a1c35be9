import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for what happens by itself: repeats a look, less and less often, until it finds something or an expectation in it holds.
 *
 * @throws what the last look threw, when the time is over
 */
export async function eventually<Result>(look: () => Promise<Result>, withinMs = 45_000): Promise<Result> {
  const deadline = performance.now() + withinMs;
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 100)) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(pause);
    }
  }
}
