/**
 * Medians cannot be summed up from days, so the rollup keeps durations in classes that grow by a twelfth (2^(1/8)): how
 * many fell into each, and how many seconds these were together. The median is the mean of the class that it lies in:
 * exact for a handful of leads, and never off by more than a class is wide, 9 %.
 *
 * @param seconds an SQL expression, not negative
 */
export const durationClass = (seconds: string): string => `floor(8 * log(2, 1 + (${seconds})::numeric))::int`;

/**
 * @param histogram SQL with columns key, bucket, n (how many) and seconds (together)
 * @returns SQL with columns key and median, in seconds; no row for a key without any
 */
export const mediansSql = (histogram: string): string => `
  SELECT key, ((sum(mean) FILTER (WHERE (total + 1) / 2 > upto - n AND (total + 1) / 2 <= upto)
              + sum(mean) FILTER (WHERE (total + 2) / 2 > upto - n AND (total + 2) / 2 <= upto)) / 2)::float8 AS median
    FROM (SELECT key, n, seconds / n AS mean, sum(n) OVER (PARTITION BY key ORDER BY bucket)::bigint AS upto,
                 sum(n) OVER (PARTITION BY key)::bigint AS total
            FROM (${histogram}) classes WHERE n > 0) ranked
   GROUP BY key`;
