import { Text, Title } from '@mantine/core';
import type { PointWeekDto } from '@/lib/api/schema';
import { day } from '@/lib/days';
import { count } from '@/lib/format';
import classes from './profile.module.css';

/** Points by week, this one last; the numbers are over the bars. */
export function WeekBars({ weeks }: { weeks: PointWeekDto[] }) {
  const most = Math.max(1, ...weeks.map(({ points }) => points));
  return (
    <section aria-labelledby="weeks">
      <Title order={2} size="h5" id="weeks" mb="xs">
        Points by week
      </Title>
      <ol className={classes.weeks}>
        {weeks.map(({ starts_on, points, activities, deals }, place) => (
          <li
            key={starts_on}
            title={`Week of ${day(starts_on)}: ${count(points)} points, ${count(activities)} activities, ${count(deals)} deals`}
            data-now={place === weeks.length - 1 || undefined}
          >
            <span className={classes.weekPoints}>{count(points)}</span>
            <span className={classes.week} style={{ height: `${(100 * points) / most}%` }} aria-hidden />
            <span className="visually-hidden">points in the week of {day(starts_on)}</span>
          </li>
        ))}
      </ol>
      {weeks[0] && (
        <Text size="xs" c="dimmed" className={classes.span}>
          <span>{day(weeks[0].starts_on)}</span>
          <span>This week</span>
        </Text>
      )}
    </section>
  );
}
