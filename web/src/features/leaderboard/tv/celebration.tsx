import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { rain } from './confetti';
import classes from './tv.module.css';
import type { Win } from './use-celebration';

/** A won deal over everything else; nothing under it moves. Confetti only for those who have not asked for less motion. */
export function Celebration({ win }: { win: Win }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isStill = useReducedMotion(false, { getInitialValueInEffect: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each win has its own
  useEffect(() => {
    if (isStill || !canvas.current) return;
    return rain(canvas.current);
  }, [isStill, win.id]);
  return (
    <div className={classes.celebration} role="alert" data-testid="celebration">
      {!isStill && <canvas ref={canvas} className={classes.confetti} aria-hidden data-testid="confetti" />}
      <div className={classes.news} data-still={isStill || undefined}>
        <p>Deal won</p>
        <strong>{win.agent ?? 'The team'}</strong>
        <p>{win.lead}</p>
      </div>
    </div>
  );
}
