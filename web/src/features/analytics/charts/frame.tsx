import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './charts.module.css';

interface FrameProps {
  /** What it shows, for whoever cannot see it; the table has the numbers. */
  label: string;
  height: number;
  children: (width: number) => ReactNode;
}

/** A drawing as wide as its place; letters keep their size. */
export function Frame({ label, height, children }: FrameProps) {
  const { ref, width } = useElementSize();
  return (
    <figure ref={ref} className={classes.frame} style={{ height }} aria-label={label}>
      {width > 0 && (
        <svg data-chart width={width} height={height} className={classes.chart} aria-label={label}>
          <defs>
            <pattern
              id="rota-hatch"
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <line x1="0" y1="0" x2="0" y2="6" className={classes.hatch} />
            </pattern>
          </defs>
          {children(width)}
        </svg>
      )}
    </figure>
  );
}

/** A text that ends before it runs into its neighbour. @param width pixels, of all and of a letter */
export function fitted(text: string, width: number, letter = 7): string {
  const most = Math.max(4, Math.floor(width / letter));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
