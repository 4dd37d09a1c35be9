import classes from './load-bar.module.css';

interface LoadBarProps {
  load: number;
  capacity: number;
}

/** How much of what somebody can take they have. */
export function LoadBar({ load, capacity }: LoadBarProps) {
  const share = capacity > 0 ? Math.min(1, load / capacity) : 1;
  return (
    <span className={classes.root}>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.bar}
          data-full={load >= capacity || undefined}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className={classes.number}>
        {load} <span className={classes.of}>of {capacity}</span>
      </span>
    </span>
  );
}
