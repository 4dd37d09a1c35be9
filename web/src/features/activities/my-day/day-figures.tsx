import { Progress } from '@mantine/core';
import { Figure, Figures } from '@/components/figures';
import { LevelBar } from '@/components/level-bar';
import type { TargetProgressDto } from '@/lib/api/schema';
import { METRIC_NAMES, type Metric } from '@/lib/board-search';
import { count, counted } from '@/lib/format';
import { useMyDay } from '../use-my-day';

/** How one's day goes, against one's targets. */
export function DayFigures() {
  const { data: day } = useMyDay();
  if (!day) return null;
  const { today, streak, level, active_leads, targets } = day;
  return (
    <Figures label="Today">
      {targets
        .filter(({ target }) => target > 0)
        .map((target) => (
          <Target key={target.metric} target={target} />
        ))}
      {!targets.some(({ metric, target }) => metric === 'points' && target > 0) && (
        <Figure
          label="Points today"
          value={count(today.points)}
          note={`${count(today.calls)} calls, ${count(today.deals)} deals`}
        />
      )}
      <Figure
        label="Streak"
        value={counted(streak.current, 'day')}
        note={today.points > 0 ? 'Kept today' : 'Make a point today to keep it'}
      />
      <Figure label="Active leads" value={count(active_leads)} note="Open and yours" />
      <Figure
        label={`Level ${level.level}`}
        value={count(level.total_points)}
        note={<LevelBar level={level} />}
      />
    </Figures>
  );
}

function Target({ target: { metric, target, value, is_met } }: { target: TargetProgressDto }) {
  const name = METRIC_NAMES[metric as Metric];
  return (
    <Figure
      label={`${name} today`}
      value={`${count(value)} / ${count(target)}`}
      note={
        <>
          <Progress
            mt={2}
            mb={2}
            size="sm"
            color={is_met ? 'green' : undefined}
            value={Math.min(100, (100 * value) / target)}
            aria-label={`${name}, share of today's target`}
          />
          {is_met ? '✓ Target met' : `${count(target - value)} to go`}
        </>
      }
    />
  );
}
