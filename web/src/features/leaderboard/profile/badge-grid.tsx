import { Progress, Text, Title } from '@mantine/core';
import { IconBolt, IconCrown, IconFlame, IconRefresh, IconStar, IconTrophy } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { BadgeProgressDto } from '@/lib/api/schema';
import { count, fullTime } from '@/lib/format';
import classes from './profile.module.css';

const ICONS: readonly [RegExp, ComponentType<{ size?: number; stroke?: number }>][] = [
  [/^streak/, IconFlame],
  [/^points/, IconStar],
  [/^top/, IconCrown],
  [/^quick/, IconBolt],
  [/^comeback/, IconRefresh],
];

/** Badges that are held, then those that are nearest. */
export function BadgeGrid({ badges }: { badges: BadgeProgressDto[] }) {
  const held = badges.filter(({ earned_at }) => earned_at !== null);
  const sorted = [
    ...held,
    ...badges.filter(({ earned_at }) => earned_at === null).sort((a, b) => b.progress - a.progress),
  ];
  return (
    <section aria-labelledby="badges">
      <Title order={2} size="h5" id="badges" mb="xs">
        Badges{' '}
        <Text span size="sm" c="dimmed" fw={400}>
          {held.length} of {badges.length}
        </Text>
      </Title>
      <ul className={classes.badges}>
        {sorted.map((badge) => (
          <Badge key={badge.badge} badge={badge} />
        ))}
      </ul>
    </section>
  );
}

function Badge({
  badge: { badge, name, description, value, target, progress, earned_at },
}: {
  badge: BadgeProgressDto;
}) {
  const Icon = ICONS.find(([pattern]) => pattern.test(badge))?.[1] ?? IconTrophy;
  return (
    <li className={classes.badge} data-held={earned_at !== null || undefined}>
      <span className={classes.medal} aria-hidden>
        <Icon size={20} stroke={1.6} />
      </span>
      <div className={classes.about}>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {description}
        </Text>
        {earned_at === null ? (
          <>
            <Progress value={100 * progress} size="xs" mt={6} aria-label={`Progress to ${name}`} />
            <Text size="xs" c="dimmed" mt={2}>
              {count(value)} of {count(target)}
            </Text>
          </>
        ) : (
          <Text size="xs" mt={4} title={fullTime(earned_at)}>
            ✓ Held since {new Date(earned_at).toLocaleDateString('en-US', { dateStyle: 'medium' })}
          </Text>
        )}
      </div>
    </li>
  );
}
