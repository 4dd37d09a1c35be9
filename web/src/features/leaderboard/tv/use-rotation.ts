import { useEffect, useState } from 'react';

const SLIDE_MS = 15_000;

export interface Rotation {
  index: number;
  isPaused: boolean;
  step: (by: number) => void;
  togglePause: () => void;
}

/** Goes from slide to slide by itself. Slides may come and go meanwhile. */
export function useRotation(amount: number): Rotation {
  const [place, setPlace] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const step = (by: number) => setPlace((before) => before + by);
  // The place is a dependency so that after a step by hand a slide stays its full time.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (isPaused || amount < 2) return;
    const timer = setTimeout(() => setPlace((before) => before + 1), SLIDE_MS);
    return () => clearTimeout(timer);
  }, [place, isPaused, amount]);
  const index = amount === 0 ? 0 : ((place % amount) + amount) % amount;
  return { index, isPaused, step, togglePause: () => setPaused((before) => !before) };
}
