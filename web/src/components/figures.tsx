import type { ReactNode } from 'react';
import classes from './figures.module.css';

/** Numbers that one takes in at a glance. */
export function Figures({ children, label }: { children: ReactNode; label: string }) {
  return (
    <dl className={classes.strip} aria-label={label}>
      {children}
    </dl>
  );
}

interface FigureProps {
  label: string;
  value: ReactNode;
  note?: ReactNode;
}

export function Figure({ label, value, note }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd>
        <div className={classes.value}>{value}</div>
        {note !== undefined && <div className={classes.note}>{note}</div>}
      </dd>
    </div>
  );
}

interface ChangeProps {
  now: number | null;
  before: number | null;
  /** Whether less is better, as with waiting times. */
  isLessBetter?: boolean;
}

/** How much a figure has changed, said by an arrow and a sign as well as by colour. */
export function Change({ now, before, isLessBetter = false }: ChangeProps) {
  if (now === null || before === null) return null;
  if (now === before) return <span className={classes.change}>unchanged</span>;
  const isMore = now > before;
  const share = before === 0 ? null : Math.abs((now - before) / before);
  // Of next to nothing there is no share that says anything.
  const text = share === null || share > 10 ? '' : `${Math.round(share * 100)} %`;
  return (
    <span className={classes.change} data-good={isMore !== isLessBetter}>
      {isMore ? '▲' : '▼'} {text}
    </span>
  );
}
