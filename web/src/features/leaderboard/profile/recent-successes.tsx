import { Text, Title } from '@mantine/core';
import { IconMedal, IconThumbUp, IconTrophy } from '@tabler/icons-react';
import { When } from '@/components/when';
import type { RecentSuccessDto } from '@/lib/api/schema';
import classes from './profile.module.css';

const ICONS = { badge: IconMedal, deal: IconTrophy, qualified: IconThumbUp };

export function RecentSuccesses({ recent }: { recent: RecentSuccessDto[] }) {
  if (recent.length === 0) return null;
  return (
    <section aria-labelledby="recent">
      <Title order={2} size="h5" id="recent" mb="xs">
        Lately
      </Title>
      <ul className={classes.recent}>
        {recent.map(({ kind, at, title, points }) => {
          const Icon = ICONS[kind];
          return (
            <li key={`${kind} ${at} ${title}`}>
              <Icon size={16} stroke={1.6} aria-hidden />
              <Text size="sm" truncate>
                {kind === 'badge' ? `Badge: ${title}` : title}
                {points > 0 && ` (+${points})`}
              </Text>
              <Text size="xs" c="dimmed">
                <When time={at} />
              </Text>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
