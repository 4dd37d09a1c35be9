import { percent } from '../amounts';
import { type Cell, type Drill, DrillLink } from '../drill';
import classes from './charts.module.css';
import { Frame, fitted } from './frame';

export interface Interval {
  key: string;
  label: string;
  /** 0 to 1; null when nothing is closed. */
  rate: number | null;
  low: number;
  high: number;
  before?: number | null;
  text: string;
  cell?: Cell;
}

const ROW = 34;
const AXIS = 24;

/** Pixels that so many intervals take. */
export const intervalsHeight = (intervals: number): number => intervals * ROW + AXIS;

/** Rates as dots on the line of what they may be; a hollow dot is where a rate stood before. */
export function Intervals({
  label,
  intervals,
  drill,
}: {
  label: string;
  intervals: readonly Interval[];
  drill: Drill;
}) {
  const most = Math.min(1, Math.max(0.1, ...intervals.map(({ high, rate }) => (rate === null ? 0 : high))));
  const end = Math.ceil(most * 10) / 10;
  return (
    <Frame label={label} height={intervalsHeight(intervals.length)}>
      {(width) => {
        const left = Math.min(170, width * 0.34);
        const right = width < 420 ? 96 : 150;
        const at = (rate: number) => left + ((width - left - right) * Math.min(rate, end)) / end;
        const bottom = intervals.length * ROW;
        return (
          <>
            {[0, end / 2, end].map((rate) => (
              <g key={rate}>
                <line x1={at(rate)} x2={at(rate)} y1={4} y2={bottom} className={classes.grid} />
                <text x={at(rate)} y={bottom + 16} className={classes.tick}>
                  {percent(rate)}
                </text>
              </g>
            ))}
            {intervals.map((interval, place) => (
              <Row
                key={interval.key}
                interval={interval}
                y={place * ROW + ROW / 2}
                left={left}
                at={at}
                width={width}
                drill={drill}
              />
            ))}
          </>
        );
      }}
    </Frame>
  );
}

interface RowProps {
  interval: Interval;
  y: number;
  left: number;
  width: number;
  at: (rate: number) => number;
  drill: Drill;
}

function Row({
  interval: { label, rate, low, high, before, text, cell },
  y,
  left,
  width,
  at,
  drill,
}: RowProps) {
  const number = (
    <text x={width} y={y + 5} className={classes.end}>
      {text}
    </text>
  );
  return (
    <g>
      <text x={0} y={y + 5} className={classes.label}>
        {fitted(label, left - 8)}
      </text>
      {rate !== null && (
        <>
          <line x1={at(low)} x2={at(high)} y1={y} y2={y} className={classes.whisker} />
          <line x1={at(low)} x2={at(low)} y1={y - 5} y2={y + 5} className={classes.whisker} />
          <line x1={at(high)} x2={at(high)} y1={y - 5} y2={y + 5} className={classes.whisker} />
          {before !== undefined && before !== null && (
            <circle cx={at(before)} cy={y} r={5} className={classes.hollow} />
          )}
          <circle cx={at(rate)} cy={y} r={5} className={classes.dot} />
        </>
      )}
      {cell && rate !== null ? (
        <DrillLink
          drill={drill}
          cell={cell}
          className={classes.link}
          label={`${label}: ${text}. Show the leads`}
        >
          {number}
        </DrillLink>
      ) : (
        number
      )}
    </g>
  );
}
