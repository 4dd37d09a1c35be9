import { Badge, Text } from '@mantine/core';
import { type LeadPriority, type LeadStatus, STATUS_COLORS } from '@/lib/domain';
import { words } from '@/lib/format';
import classes from './badges.module.css';

export function StatusBadge({ status }: { status: LeadStatus }) {
  return (
    <span className={classes.status}>
      <span
        className={classes.dot}
        style={{ background: `var(--mantine-color-${STATUS_COLORS[status]}-6)` }}
        data-hollow={status === 'CLOSED_LOST' || undefined}
      />
      {words(status)}
    </span>
  );
}

export function PriorityBadge({ priority }: { priority: LeadPriority }) {
  const strong = priority.startsWith('A');
  return (
    <Badge
      size="sm"
      radius="sm"
      variant={strong ? 'light' : 'default'}
      color="indigo"
      className={classes.priority}
    >
      {priority}
    </Badge>
  );
}

/** A score from 0 to 100, with a bar as long as it. */
export function Score({ score }: { score: number }) {
  return (
    <span className={classes.score}>
      <Text span size="sm" className={classes.number}>
        {score}
      </Text>
      <span className={classes.track} aria-hidden>
        <span className={classes.bar} style={{ width: `${score}%` }} />
      </span>
    </span>
  );
}
