import classes from './board.module.css';

/** A person as two letters; the name is beside it. */
export function Initials({ name, size = 28 }: { name: string; size?: number }) {
  const [first = '', ...others] = name.split(/\s+/).filter(Boolean);
  const letters = `${first.charAt(0)}${others.at(-1)?.charAt(0) ?? ''}`.toUpperCase();
  return (
    <span
      className={classes.initials}
      style={{ width: size, height: size, fontSize: size * 0.4 }}
      aria-hidden
    >
      {letters}
    </span>
  );
}
