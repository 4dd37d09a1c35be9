import { Text } from '@mantine/core';
import { ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import { Initials } from '../board/initials';
import { useKudos } from '../use-boards';
import classes from './kudos.module.css';

/** Who thanked whom, and for what; of everybody unless told. */
export function KudosList({ userId, limit }: { userId?: number; limit?: number }) {
  const kudos = useKudos(userId, limit);
  if (kudos.isPending) return <LoadingRows rows={3} />;
  if (kudos.isError) return <ErrorState error={kudos.error} onRetry={() => void kudos.refetch()} />;
  if (kudos.data.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No kudos yet. Thank somebody who helped: a sentence is enough.
      </Text>
    );
  }
  return (
    <ul className={classes.list}>
      {kudos.data.map(({ id, from, to, message, created_at }) => (
        <li key={id} className={classes.entry}>
          <Initials name={from.full_name} />
          <div>
            <Text size="sm" className={classes.message}>
              {message}
            </Text>
            <Text size="xs" c="dimmed">
              {from.full_name} to {to.full_name} · <When time={created_at} />
            </Text>
          </div>
        </li>
      ))}
    </ul>
  );
}
