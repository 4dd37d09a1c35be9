import { type Cell, type Drill, DrillLink } from '../drill';
import classes from './charts.module.css';
import { Frame } from './frame';

export interface GridCell {
  /** 0 to 1: how strong its colour is. */
  strength: number;
  text: string;
  /** Said to whoever cannot see it, and on hover. */
  title: string;
  /** 0 to 1: how strong it was in the days before; a dashed line as long along the foot. */
  before?: number;
  cell?: Cell;
}

export interface GridRow {
  key: string;
  label: string;
  cells: readonly GridCell[];
}

interface GridProps {
  label: string;
  columns: readonly string[];
  rows: readonly GridRow[];
  drill: Drill;
  /** Pixels for the names of rows. */
  left?: number;
  rowHeight?: number;
}

const HEAD = 22;
/** Pixels that the line of the days before keeps from the edge. */
const INSET = 3;
/** From here on the ground is light in the dark theme; in the light one letters are always dark. */
const STRONG = 0.8;

/** A table whose cells are the darker the more they hold; where there is room the number is in them. */
export function Grid({ label, columns, rows, drill, left = 46, rowHeight = 28 }: GridProps) {
  return (
    <Frame label={label} height={HEAD + rows.length * rowHeight}>
      {(width) => {
        const cellWidth = (width - left) / columns.length;
        const every = Math.ceil(40 / cellWidth);
        return (
          <>
            {columns.map((name, place) =>
              place % every === 0 ? (
                <text key={name} x={left + (place + 0.5) * cellWidth} y={14} className={classes.tick}>
                  {name}
                </text>
              ) : null,
            )}
            {rows.map(({ key, label: name, cells }, line) => (
              <g key={key}>
                <text x={0} y={HEAD + (line + 0.5) * rowHeight + 4} className={classes.note}>
                  {name}
                </text>
                {cells.map((cell, place) => (
                  <Square
                    key={columns[place]}
                    cell={cell}
                    x={left + place * cellWidth}
                    y={HEAD + line * rowHeight}
                    width={cellWidth}
                    height={rowHeight}
                    drill={drill}
                  />
                ))}
              </g>
            ))}
          </>
        );
      }}
    </Frame>
  );
}

interface SquareProps {
  cell: GridCell;
  x: number;
  y: number;
  width: number;
  height: number;
  drill: Drill;
}

function Square({
  cell: { strength, text, title, before = 0, cell },
  x,
  y,
  width,
  height,
  drill,
}: SquareProps) {
  const hasRoom = width >= Math.max(20, text.length * 7 + 4);
  const square = (
    <>
      <title>{title}</title>
      <rect
        x={x + 1}
        y={y + 1}
        width={Math.max(1, width - 2)}
        height={height - 2}
        rx={3}
        className={classes.empty}
      />
      <rect
        x={x + 1}
        y={y + 1}
        width={Math.max(1, width - 2)}
        height={height - 2}
        rx={3}
        className={classes.bar}
        style={{ fillOpacity: strength === 0 ? 0 : 0.1 + 0.7 * strength }}
      />
      {before > 0 && (
        <line
          x1={x + INSET}
          x2={x + INSET + (width - 2 * INSET) * Math.min(1, before)}
          y1={y + height - INSET}
          y2={y + height - INSET}
          className={classes.before}
        />
      )}
      {hasRoom && (
        <text
          x={x + width / 2}
          y={y + height / 2 + 4}
          className={classes.inCell}
          data-strong={strength > STRONG || undefined}
        >
          {text}
        </text>
      )}
    </>
  );
  if (!cell || strength === 0) return <g>{square}</g>;
  return (
    <DrillLink drill={drill} cell={cell} className={classes.link} label={`${text}, ${title}. Show the leads`}>
      {square}
    </DrillLink>
  );
}
