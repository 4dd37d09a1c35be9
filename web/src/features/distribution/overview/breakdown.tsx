import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { count } from '@/lib/format';
import { PARKED_REASONS, type ParkedReason } from '../api/use-overview';
import classes from '../distribution.module.css';
import { waitingReason } from '../words';
import page from './overview.module.css';

interface BreakdownProps {
  title: string;
  kind: 'reason' | 'priority';
  counts: Record<string, number>;
  /** By size when not given. */
  order?: readonly string[];
}

/** Numbers of leads with bars as long as they. */
export function Breakdown({ title, kind, counts, order }: BreakdownProps) {
  const rows = Object.entries(counts)
    .filter(([, leads]) => leads > 0)
    .sort(([a, more], [b, less]) => (order ? order.indexOf(a) - order.indexOf(b) : less - more));
  const most = Math.max(1, ...rows.map(([, leads]) => leads));
  return (
    <section aria-label={title}>
      <div className={page.head}>
        <h2 className={classes.heading}>{title}</h2>
        {kind === 'reason' && rows.length > 0 && (
          <Link to="/distribution/held" className={page.link}>
            In order
          </Link>
        )}
      </div>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          No lead waits.
        </Text>
      ) : (
        <ul className={page.breakdown}>
          {rows.map(([name, leads]) => (
            <li key={name}>
              <span className={page.share} style={{ width: `${(leads / most) * 100}%` }} aria-hidden />
              <span className={page.what}>
                {kind === 'priority' ? (
                  name
                ) : PARKED_REASONS.some((reason) => reason === name) ? (
                  <Link
                    to="/distribution/held"
                    search={{ reason: name as ParkedReason }}
                    className={classes.rowLink}
                  >
                    {waitingReason(name)}
                  </Link>
                ) : (
                  waitingReason(name)
                )}
              </span>
              <span className={page.count}>{count(leads)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
