import { type Cell, type Drill, DrillLink } from '../drill';
import classes from './charts.module.css';
import { Frame, fitted } from './frame';

export interface Deviation {
  key: string;
  label: string;
  amount: number;
  text: string;
  cell?: Cell;
}

const ROW = 32;
const AXIS = 22;

/** How far each is to one side or the other of zero, with the bound that nobody should pass. */
export function Diverging({
  label,
  deviations,
  bound,
  drill,
}: {
  label: string;
  deviations: readonly Deviation[];
  bound: number;
  drill: Drill;
}) {
  const most = Math.max(bound * 1.4, ...deviations.map(({ amount }) => Math.abs(amount)));
  return (
    <Frame label={label} height={deviations.length * ROW + AXIS}>
      {(width) => {
        const left = Math.min(160, width * 0.36);
        const right = 60;
        const middle = left + (width - left - right) / 2;
        const at = (amount: number) => middle + ((width - left - right) / 2) * (amount / most);
        const bottom = deviations.length * ROW;
        return (
          <>
            {[-bound, 0, bound].map((amount) => (
              <g key={amount}>
                <line
                  x1={at(amount)}
                  x2={at(amount)}
                  y1={0}
                  y2={bottom}
                  className={amount === 0 ? classes.axis : classes.bound}
                />
                <text x={at(amount)} y={bottom + 16} className={classes.tick}>
                  {amount > 0 ? `+${amount}` : amount}
                </text>
              </g>
            ))}
            {deviations.map(({ key, label: name, amount, text, cell }, place) => {
              const y = place * ROW + ROW / 2;
              const number = (
                <text x={width} y={y + 5} className={classes.end}>
                  {text}
                </text>
              );
              return (
                <g key={key}>
                  <text x={0} y={y + 5} className={classes.label}>
                    {fitted(name, left - 8)}
                  </text>
                  <rect
                    x={Math.min(at(0), at(amount))}
                    y={y - 8}
                    width={Math.max(1, Math.abs(at(amount) - at(0)))}
                    height={16}
                    rx={3}
                    className={amount < 0 ? classes.hatched : classes.bar}
                  />
                  {cell ? (
                    <DrillLink
                      drill={drill}
                      cell={cell}
                      className={classes.link}
                      label={`${name}: ${text}. Show the leads`}
                    >
                      {number}
                    </DrillLink>
                  ) : (
                    number
                  )}
                </g>
              );
            })}
          </>
        );
      }}
    </Frame>
  );
}
