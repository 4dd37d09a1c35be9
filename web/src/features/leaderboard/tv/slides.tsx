import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answerOf, api } from '@/lib/api/client';
import type { ContestStandingResponse } from '@/lib/api/schema';
import { METRIC_NAMES, metricValue } from '@/lib/board-search';
import { day } from '@/lib/days';
import { count, counted } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { useBoard, useContest, useContests, useKudos } from '../use-boards';
import classes from './tv.module.css';
import { TvBoard, type TvRow } from './tv-board';

export interface Slide {
  key: string;
  title: string;
  note: string;
  content: ReactNode;
}

const ROWS = 8;
const KUDOS = 4;
const NEW_KUDOS_MS = 7 * 86_400_000;

/** What there is to show right now; what is empty is left out. */
export function useSlides(): Slide[] {
  const today = useBoard({ period: 'day' }, ROWS);
  const week = useBoard({ period: 'week' }, ROWS);
  const deals = useBoard({ period: 'month', metric: 'deals' }, ROWS);
  const contests = useContests();
  const [running] = contests.data?.filter(({ state }) => state === 'running') ?? [];
  const contest = useContest(running?.id);
  const boards = [
    { board: week.data, title: 'This week', note: 'Points' },
    { board: deals.data, title: 'Deals this month', note: 'Deals won' },
    { board: today.data, title: 'Today', note: 'Points since midnight' },
  ].flatMap(({ board, title, note }) => {
    const entries = board?.entries.filter(({ value }) => value > 0) ?? [];
    if (!board || entries.length === 0) return [];
    const rows = entries.map(({ user_id, full_name, value, rank, movement }) => ({
      id: user_id,
      name: full_name,
      rank,
      value: metricValue(board.metric, value),
      share: value,
      movement,
    }));
    return [{ key: title, title, note, content: <TvBoard rows={rows} /> }];
  });
  const wins = useTodaysWins();
  const kudos = useKudosSlide();
  return [boards[0], running && contestSlide(contest.data), boards[1], wins, boards[2], kudos].filter(
    (slide) => slide !== undefined && slide !== null,
  );
}

function contestSlide(contest: ContestStandingResponse | undefined): Slide | null {
  if (!contest || contest.standing.length === 0) return null;
  const rows: TvRow[] = contest.standing.slice(0, ROWS).map(({ entrant_id, name, value, rank }) => ({
    id: entrant_id,
    name,
    rank,
    value: metricValue(contest.metric, value),
    share: value,
    movement: null,
  }));
  const note = [METRIC_NAMES[contest.metric], `until ${day(contest.ends_on)}`, contest.prize].filter(Boolean);
  return { key: 'contest', title: contest.name, note: note.join(' · '), content: <TvBoard rows={rows} /> };
}

function useTodaysWins(): Slide | null {
  const nameOf = useNameOf();
  const { data } = useQuery({
    queryKey: ['boards', 'wins'],
    queryFn: ({ signal }) => {
      const midnight = new Date();
      midnight.setHours(0, 0, 0, 0);
      const query = {
        status: 'CLOSED_WON',
        updated_from: midnight.toISOString(),
        sort: '-updated_at',
        limit: ROWS,
      };
      return answerOf(
        api.GET('/api/v1/leads', { params: { query: { ...query, show_all: true } as never }, signal }),
      );
    },
  });
  if (!data || data.leads.length === 0) return null;
  return {
    key: 'wins',
    title: 'Won today',
    note: counted(data.total, 'deal'),
    content: (
      <ul className={classes.wins}>
        {data.leads.map((lead) => (
          <li key={lead.id}>
            <strong>{lead.practice_name ?? lead.owner_name ?? `Lead ${count(lead.id)}`}</strong>
            <span>{[lead.city, lead.state].filter(Boolean).join(', ')}</span>
            <em>{lead.assigned_user_id === null ? '' : nameOf(lead.assigned_user_id)}</em>
          </li>
        ))}
      </ul>
    ),
  };
}

function useKudosSlide(): Slide | null {
  const { data = [] } = useKudos(undefined, KUDOS);
  const fresh = data.filter(({ created_at }) => Date.now() - Date.parse(created_at) < NEW_KUDOS_MS);
  if (fresh.length === 0) return null;
  return {
    key: 'kudos',
    title: 'Kudos',
    note: 'Thanks of this week',
    content: (
      <ul className={classes.kudos}>
        {fresh.map(({ id, from, to, message }) => (
          <li key={id}>
            <p>“{message}”</p>
            <span>
              {from.full_name} to <strong>{to.full_name}</strong>
            </span>
          </li>
        ))}
      </ul>
    ),
  };
}
