import { type Cell, type Drill, DrillLink } from '../drill';
import classes from './charts.module.css';
import { Frame, fitted } from './frame';

export interface Bar {
  key: string;
  label: string;
  amount: number;
  /** At the end of the bar. */
  text: string;
  /** Under the label. */
  note?: string;
  /** The same of the days before: a line across. */
  before?: number;
  cell?: Cell;
}

const ROW = 44;
const SINGLE = 32;

/** Pixels that so many bars take. */
export const barsHeight = (bars: number, hasNotes = false): number => bars * (hasNotes ? ROW : SINGLE) + 4;

/** Pixels that a bar's label and note take. */
const widthOfNames = ({ label, note = '' }: Bar): number =>
  Math.max(label.length * 7.4, note.length * 6.1) + 14;

interface BarsProps {
  label: string;
  bars: readonly Bar[];
  drill: Drill;
  /** Hatched: of another kind than what is solid. */
  isHatched?: (bar: Bar) => boolean;
}

/** Lying bars with their numbers beside them; a tick marks where each stood before. */
export function Bars({ label, bars, drill, isHatched }: BarsProps) {
  const hasNotes = bars.some(({ note }) => note !== undefined);
  const row = hasNotes ? ROW : SINGLE;
  const most = Math.max(1, ...bars.map(({ amount, before = 0 }) => Math.max(amount, before)));
  return (
    <Frame label={label} height={barsHeight(bars.length, hasNotes)}>
      {(width) => {
        const left = Math.min(width * 0.42, Math.max(...bars.map(widthOfNames)));
        const right = Math.max(90, ...bars.map(({ text }) => text.length * 7 + 14));
        const length = (amount: number) => (Math.max(20, width - left - right) * amount) / most;
        return bars.map((bar, place) => {
          const y = place * row;
          const height = Math.min(20, row - 12);
          const middle = y + row / 2;
          return (
            <g key={bar.key}>
              <text x={0} y={bar.note ? middle - 3 : middle + 5} className={classes.label}>
                {fitted(bar.label, left - 8)}
              </text>
              {bar.note && (
                <text x={0} y={middle + 13} className={classes.note}>
                  {fitted(bar.note, left, 6)}
                </text>
              )}
              <rect
                x={left}
                y={middle - height / 2}
                width={Math.max(1, length(bar.amount))}
                height={height}
                rx={3}
                className={isHatched?.(bar) ? classes.hatched : classes.bar}
              />
              {Boolean(bar.before) && (
                <line
                  x1={left + length(bar.before ?? 0)}
                  x2={left + length(bar.before ?? 0)}
                  y1={middle - height / 2 - 4}
                  y2={middle + height / 2 + 4}
                  className={classes.before}
                />
              )}
              <Amount
                bar={bar}
                x={left + length(Math.max(bar.amount, bar.before ?? 0)) + 8}
                y={middle + 5}
                drill={drill}
              />
            </g>
          );
        });
      }}
    </Frame>
  );
}

function Amount({ bar, x, y, drill }: { bar: Bar; x: number; y: number; drill: Drill }) {
  const text = (
    <text x={x} y={y} className={classes.value}>
      {bar.text}
    </text>
  );
  if (!bar.cell || bar.amount === 0) return text;
  return (
    <DrillLink
      drill={drill}
      cell={bar.cell}
      className={classes.link}
      label={`${bar.label}: ${bar.text}. Show the leads`}
    >
      {text}
    </DrillLink>
  );
}
