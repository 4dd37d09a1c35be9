import classes from './board.module.css';

/** Places won or lost, as an arrow and a number. */
export function Movement({ places }: { places: number | null }) {
  if (places === null) {
    return (
      <span className={classes.moved} title="Was not ranked before">
        new
      </span>
    );
  }
  if (places === 0) {
    return (
      <span className={classes.moved} role="img" aria-label="No change">
        –
      </span>
    );
  }
  const isUp = places > 0;
  const amount = Math.abs(places);
  return (
    <span
      className={classes.moved}
      data-up={isUp}
      role="img"
      aria-label={`${isUp ? 'Up' : 'Down'} ${amount} ${amount === 1 ? 'place' : 'places'}`}
    >
      {isUp ? '▲' : '▼'} {amount}
    </span>
  );
}
