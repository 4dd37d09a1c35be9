import classes from './deviation-bar.module.css';

interface DeviationBarProps {
  /** Leads received − entitlement. */
  deviation: number;
  /** Leads at either end of the bar; further ones are cut there. */
  scale?: number;
}

/** The guarantee: with the same candidates nobody is ever a whole lead away from their share. */
const BOUND = 1;

/** How far somebody is from their share: to the left behind, to the right ahead; dashed lines stand at one lead. */
export function DeviationBar({ deviation, scale = 2 }: DeviationBarProps) {
  const half = (amount: number) => `${(Math.min(Math.abs(amount), scale) / scale) * 50}%`;
  const isBehind = deviation < 0;
  const text = Math.abs(deviation).toFixed(2);
  const sign = Number(text) === 0 ? '' : isBehind ? '−' : '+';
  return (
    <span className={classes.root}>
      <span className={classes.track} aria-hidden>
        <span className={classes.bound} style={{ left: `calc(50% - ${half(BOUND)})` }} />
        <span className={classes.bound} style={{ left: `calc(50% + ${half(BOUND)})` }} />
        <span
          className={classes.bar}
          data-beyond={Math.abs(deviation) > BOUND || undefined}
          style={
            isBehind ? { right: '50%', width: half(deviation) } : { left: '50%', width: half(deviation) }
          }
        />
        <span className={classes.zero} />
      </span>
      <span className={classes.number}>
        {sign}
        {text}
      </span>
    </span>
  );
}
