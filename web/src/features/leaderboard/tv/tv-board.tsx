import { Movement } from '../board/movement';
import classes from './tv.module.css';

export interface TvRow {
  id: number;
  name: string;
  rank: number;
  value: string;
  /** What the bar is as long as. */
  share: number;
  movement: number | null;
}

export function TvBoard({ rows }: { rows: TvRow[] }) {
  const most = Math.max(...rows.map(({ share }) => share), 1);
  return (
    <ol className={classes.rows}>
      {rows.map(({ id, name, rank, value, share, movement }) => (
        <li key={id} data-first={rank === 1 || undefined}>
          <span className={classes.place}>{rank}</span>
          <span className={classes.person}>{name}</span>
          <span className={classes.moved}>
            {movement !== null && movement !== 0 && <Movement places={movement} />}
          </span>
          <span className={classes.amount}>{value}</span>
          <span className={classes.line} style={{ width: `${(100 * share) / most}%` }} aria-hidden />
        </li>
      ))}
    </ol>
  );
}
