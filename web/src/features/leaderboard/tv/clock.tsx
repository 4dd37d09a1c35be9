import { useEffect, useState } from 'react';
import classes from './tv.module.css';

const clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' });
const date = new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric' });

export function Clock() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={classes.clock}>
      <time dateTime={now.toISOString()}>{clock.format(now)}</time>
      <span>{date.format(now)}</span>
    </div>
  );
}
