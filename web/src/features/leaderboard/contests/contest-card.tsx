import { Anchor, Text } from '@mantine/core';
import { IconGift, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { LoadingRows } from '@/components/states';
import type { ContestResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { METRIC_NAMES, metricValue } from '@/lib/board-search';
import { day, dayFromNow } from '@/lib/days';
import { counted } from '@/lib/format';
import { useContest } from '../use-boards';
import classes from './contests.module.css';

const SHOWN = 5;

/** A contest and how it stands; the result no longer changes once it is over. */
export function ContestCard({ contest }: { contest: ContestResponse }) {
  const me = useMe();
  const [isWhole, setWhole] = useState(false);
  const isOpen = contest.state !== 'upcoming';
  const { data, isPending } = useContest(isOpen ? contest.id : undefined);
  const standing = data?.standing ?? [];
  const most = Math.max(0, ...standing.map(({ value }) => value));
  const own = (id: number) => id === (contest.entrants === 'agents' ? me.id : (me.manager_id ?? me.id));
  const shown = standing.filter(({ entrant_id }, place) => isWhole || place < SHOWN || own(entrant_id));
  return (
    <article className={classes.card} aria-label={contest.name}>
      <h3>{contest.name}</h3>
      <Text size="sm" c="dimmed">
        {METRIC_NAMES[contest.metric]} · {contest.entrants} · {day(contest.starts_on)} –{' '}
        {day(contest.ends_on)}
      </Text>
      <Text size="xs" c="dimmed">
        {timeLeft(contest)}
        {contest.frozen_at && (
          <span className={classes.final}>
            <IconLock size={13} aria-hidden /> Final result
          </span>
        )}
      </Text>
      {contest.prize && (
        <Text size="sm" className={classes.prize}>
          <IconGift size={16} aria-hidden /> {contest.prize}
        </Text>
      )}
      {isOpen && isPending && <LoadingRows rows={3} />}
      {data && standing.length === 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          Nobody takes part yet.
        </Text>
      )}
      <ol className={classes.standing}>
        {shown.map(({ entrant_id, name, value, rank }) => (
          <li
            key={entrant_id}
            data-own={own(entrant_id) || undefined}
            data-won={(contest.state === 'ended' && rank === 1) || undefined}
          >
            <span className={classes.rank}>{rank}</span>
            <span className={classes.name}>{contest.entrants === 'teams' ? `Team ${name}` : name}</span>
            <span className={classes.value}>{metricValue(contest.metric, value)}</span>
            <span
              className={classes.bar}
              style={{ width: `${most > 0 ? (100 * value) / most : 0}%` }}
              aria-hidden
            />
          </li>
        ))}
      </ol>
      {standing.length > SHOWN && (
        <Anchor component="button" type="button" size="xs" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Only the first' : `All ${standing.length}`}
        </Anchor>
      )}
    </article>
  );
}

function timeLeft({ state, starts_on, ends_on }: ContestResponse): string {
  const days = (to: string) => Math.round((Date.parse(to) - Date.parse(dayFromNow())) / 86_400_000);
  if (state === 'upcoming') return `Starts in ${counted(Math.max(1, days(starts_on)), 'day')}`;
  if (state === 'ended') return '';
  const left = days(ends_on);
  return left <= 0 ? 'Last day' : `${counted(left, 'day')} left`;
}
