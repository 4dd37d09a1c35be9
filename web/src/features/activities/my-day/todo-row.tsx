import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import {
  IconBolt,
  IconCalendarEvent,
  IconCalendarTime,
  IconCheck,
  IconPhone,
  IconSquareCheck,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { dialLink, fullTime, relativeTime, words } from '@/lib/format';
import type { Todo } from '../use-my-day';
import classes from './my-day.module.css';

interface TodoRowProps {
  todo: Todo;
  isActive: boolean;
  onLog: () => void;
  onReschedule: () => void;
}

export function TodoRow({ todo, isActive, onLog, onReschedule }: TodoRowProps) {
  const { due, phone, name, leadId } = todo;
  const Icon =
    due === null ? IconBolt : due.activity?.activity_type === 'task' ? IconSquareCheck : IconCalendarEvent;
  return (
    <li
      className={classes.todo}
      data-active={isActive || undefined}
      data-todo={todo.key}
      aria-current={isActive}
    >
      <span className={classes.icon} aria-hidden>
        <Icon size={16} stroke={1.7} />
      </span>
      <div className={classes.what}>
        <Link to="/leads/$leadId" params={{ leadId: String(leadId) }} className={classes.name}>
          {name}
        </Link>
        <Text size="xs" c="dimmed" truncate>
          {[whatOf(todo), todo.place].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Text size="sm" className={classes.time} data-late={due?.is_overdue || undefined}>
        <Time todo={todo} />
      </Text>
      <div className={classes.actions}>
        {phone && (
          <Button
            component="a"
            href={dialLink(phone)}
            size="compact-sm"
            variant="default"
            leftSection={<IconPhone size={14} aria-hidden />}
            aria-label={`Call ${name}, ${phone}`}
          >
            <span className={classes.phone}>{phone}</span>
          </Button>
        )}
        <Tooltip label={due?.activity ? 'Complete (c)' : 'Log the call (c)'}>
          <ActionIcon
            variant="default"
            size={28}
            aria-label={
              due?.activity ? `Complete ${due.activity.subject}, ${name}` : `Log a call with ${name}`
            }
            onClick={onLog}
          >
            <IconCheck size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={due ? 'Move to another time (r)' : 'Plan a time (r)'}>
          <ActionIcon
            variant="default"
            size={28}
            aria-label={`${due ? 'Reschedule' : 'Plan'} ${name}`}
            onClick={onReschedule}
          >
            <IconCalendarTime size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
    </li>
  );
}

function whatOf({ due, firstContact }: Todo): string {
  if (due === null) {
    const returns = firstContact?.recycling_eligible_at;
    return returns
      ? `New lead; may go back to the pool ${relativeTime(returns)}`
      : 'New lead, nobody has called yet';
  }
  if (!due.activity) return 'Follow up';
  const { activity_type, subject } = due.activity;
  return activity_type === 'task' || activity_type === 'follow_up'
    ? subject
    : `${words(activity_type)}: ${subject}`;
}

const clock = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' });

/** The hour of what is due today or tomorrow; how late or how long waiting anything else is. */
function Time({ todo: { due, firstContact } }: { todo: Todo }) {
  if (due === null) {
    const since = firstContact?.assigned_at;
    return since ? (
      <span title={fullTime(since)}>waiting {relativeTime(since).replace(' ago', '')}</span>
    ) : null;
  }
  if (due.due_at === null) return null;
  return (
    <time dateTime={due.due_at} title={fullTime(due.due_at)}>
      {due.is_overdue ? relativeTime(due.due_at) : clock.format(new Date(due.due_at))}
    </time>
  );
}
