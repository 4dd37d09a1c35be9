/**
 * Runs of working days (Monday to Friday) with points, as common table expression `streaks (user_id, days, last_day)`;
 * points at the weekend neither lengthen nor break one.
 *
 * @param users condition on `p.user_id`
 */
export const streaksSql = (users: string): string => `
  worked AS (
    SELECT p.user_id, p.day, (p.day - date '1970-01-05') / 7 * 5 + extract(isodow FROM p.day)::int AS nth
      FROM point_days p
     WHERE ${users} AND extract(isodow FROM p.day) < 6
     GROUP BY p.user_id, p.day HAVING sum(p.points) > 0
  ), runs AS (
    SELECT user_id, day, nth - row_number() OVER (PARTITION BY user_id ORDER BY day) AS run FROM worked
  ), streaks AS (
    SELECT user_id, count(*)::int AS days, max(day) AS last_day FROM runs GROUP BY user_id, run
  )`;
