import { Progress } from '@mantine/core';
import type { LevelDto } from '@/lib/api/schema';
import { count } from '@/lib/format';

/** How far it is to the next level. */
export function LevelBar({ level }: { level: LevelDto }) {
  const { total_points, level_points, next_level_points } = level;
  return (
    <>
      <Progress
        my={2}
        size="sm"
        value={(100 * (total_points - level_points)) / Math.max(1, next_level_points - level_points)}
        aria-label="Progress to the next level"
      />
      {count(next_level_points - total_points)} points to level {level.level + 1}
    </>
  );
}
