import { setTimeout as pause } from 'node:timers/promises';

/**
 * pg-boss's workers pause once more after they have been stopped; when a spec ends just then, Jest has taken away the `require`
 * with which they would get their timer, and the spec that comes next fails. Here they have it from the beginning.
 */
const tools = jest.requireActual<{ delay: (ms: number, error?: string) => Promise<void> }>(
  'pg-boss/src/tools.js',
);
tools.delay = (ms, error) => {
  const end = new AbortController();
  const whole = pause(ms, undefined, { signal: end.signal }).then(
    () => {
      if (error) throw new Error(error);
    },
    () => undefined,
  );
  return Object.assign(whole, { abort: () => end.abort() });
};
