import { Box, Button, Kbd, Text } from '@mantine/core';
import { IconPhoneCheck, IconSunHigh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { activityDialog } from '@/lib/activity-log';
import { useMe } from '@/lib/api/session';
import { useCurrentLead } from '@/lib/current-lead';
import { counted } from '@/lib/format';
import { DayFigures } from './my-day/day-figures';
import classes from './my-day/my-day.module.css';
import { RescheduleDialog } from './my-day/reschedule-dialog';
import { TodoRow } from './my-day/todo-row';
import { useDayKeys } from './my-day/use-day-keys';
import { type Todo, useTodos } from './use-my-day';

/** What an agent does today: in order of urgency, without a mouse. */
export function MyDayPage() {
  const me = useMe();
  const day = useTodos();
  const [active, setActive] = useState<string | null>(null);
  const [moved, setMoved] = useState<Todo | null>(null);
  const todos = day.groups.flatMap((group) => group.todos);
  const current = todos.find(({ key }) => key === active);
  useCurrentLead(current?.leadId, current?.name ?? '');
  useDayKeys({ todos, active, setActive, onLog: log, onReschedule: setMoved });
  const pressing = day.groups
    .filter(({ title }) => ['Overdue', 'Today', 'First call'].includes(title))
    .reduce((sum, group) => sum + group.todos.length, 0);
  return (
    <>
      <PageHeader title="My day" note={!day.isPending && `${counted(pressing, 'thing')} to do`}>
        <Button
          leftSection={<IconPhoneCheck size={16} aria-hidden />}
          onClick={() =>
            activityDialog.set({ lead: current ? { id: current.leadId, name: current.name } : null })
          }
        >
          Log an activity
        </Button>
      </PageHeader>
      <Box px="md" pb="xl" className={classes.page}>
        {me.role === 'agent' && <DayFigures />}
        {day.isPending && <LoadingRows />}
        {day.error && todos.length === 0 && <ErrorState error={day.error} onRetry={day.refetch} />}
        {!day.isPending && !day.error && todos.length === 0 && (
          <EmptyState
            title="Nothing is due"
            icon={<IconSunHigh size={36} stroke={1.4} />}
            action={
              <Button variant="light" component={Link} to="/leads">
                Look through your leads
              </Button>
            }
          >
            What you plan for today or tomorrow, and new leads that wait for a first call, will be here.
          </EmptyState>
        )}
        {day.groups.map(({ title, todos: some }) => (
          <section key={title} aria-labelledby={`todo-${title}`}>
            <h2 id={`todo-${title}`} className={classes.heading} data-late={title === 'Overdue' || undefined}>
              {title} <span>{some.length}</span>
            </h2>
            <ul className={classes.list}>
              {some.map((todo) => (
                <TodoRow
                  key={todo.key}
                  todo={todo}
                  isActive={todo.key === active}
                  onLog={() => log(todo)}
                  onReschedule={() => setMoved(todo)}
                />
              ))}
            </ul>
          </section>
        ))}
        {todos.length > 0 && (
          <Text size="xs" c="dimmed" visibleFrom="sm">
            <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> go through the list · <Kbd size="xs">Enter</Kbd>{' '}
            opens the lead · <Kbd size="xs">c</Kbd> logs the call · <Kbd size="xs">r</Kbd> moves it to another
            time
          </Text>
        )}
      </Box>
      {moved && <RescheduleDialog todo={moved} onClose={() => setMoved(null)} />}
    </>
  );
}

/** A plan is completed, anything else is a call that was made. */
function log({ due, leadId, name }: Todo): void {
  activityDialog.set({ lead: { id: leadId, name }, plan: due?.activity ?? undefined, type: 'call' });
}
