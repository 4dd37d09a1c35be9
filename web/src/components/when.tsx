import { fullTime, relativeTime } from '@/lib/format';

/** A time as one says it, in full on hover. */
export function When({ time, empty = '—' }: { time: string | null; empty?: string }) {
  if (time === null) return empty;
  return (
    <time dateTime={time} title={fullTime(time)}>
      {relativeTime(time)}
    </time>
  );
}
