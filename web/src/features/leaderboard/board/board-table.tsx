import { Badge } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { BoardEntryDto, BoardResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { METRIC_NAMES, metricValue } from '@/lib/board-search';
import { useStandings } from '../use-boards';
import classes from './board.module.css';
import { Initials } from './initials';
import { Movement } from './movement';

/** A board as a table; one's own row stays in sight while the others scroll. */
export function BoardTable({ board, isOld }: { board: BoardResponse; isOld: boolean }) {
  const me = useMe();
  const { data: standings = [] } = useStandings();
  const levels = new Map(standings.map(({ user_id, level }) => [user_id, level]));
  const most = Math.max(...board.entries.map(({ value }) => value), 0);
  const previous = board.period === 'all' ? null : 'since the period before';
  return (
    <table className={classes.board} data-old={isOld || undefined}>
      <thead>
        <tr>
          <th scope="col" className={classes.rank}>
            Rank
          </th>
          <th scope="col" className={classes.movement}>
            {previous ? 'Moved' : ''}
          </th>
          <th scope="col">Agent</th>
          <th scope="col" className={classes.value}>
            {METRIC_NAMES[board.metric]}
          </th>
        </tr>
      </thead>
      <tbody>
        {board.entries.map((entry) => (
          <tr
            key={entry.user_id}
            data-own={entry.user_id === me.id || undefined}
            data-first={entry.rank === 1 || undefined}
          >
            <td className={classes.rank}>{entry.rank}</td>
            <td className={classes.movement}>{previous && <Movement places={entry.movement} />}</td>
            <td>
              <Agent entry={entry} level={levels.get(entry.user_id)} isMe={entry.user_id === me.id} />
            </td>
            <td className={classes.value}>
              <span className={classes.track} aria-hidden>
                <span style={{ width: `${most > 0 ? (100 * entry.value) / most : 0}%` }} />
              </span>
              <span className={classes.number}>{metricValue(board.metric, entry.value)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Agent({ entry, level, isMe }: { entry: BoardEntryDto; level: number | undefined; isMe: boolean }) {
  return (
    <span className={classes.agent}>
      <Initials name={entry.full_name} />
      <Link to="/agents/$agentId" params={{ agentId: String(entry.user_id) }} className={classes.name}>
        {entry.full_name}
      </Link>
      {isMe && (
        <Badge size="sm" variant="light" flex="none">
          You
        </Badge>
      )}
      {level !== undefined && <span className={classes.level}>Level {level}</span>}
    </span>
  );
}
