import { Anchor, Badge, Box, Button, Group, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconHeart } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Figure, Figures } from '@/components/figures';
import { LevelBar } from '@/components/level-bar';
import { ErrorState, LoadingRows } from '@/components/states';
import { answerOf, api } from '@/lib/api/client';
import type { AgentProfileResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { count, counted } from '@/lib/format';
import { useLiveEvent } from '@/lib/live/use-live-event';
import { isLeader } from '@/lib/people';
import { Initials } from './board/initials';
import { KudosDialog } from './kudos/kudos-dialog';
import { KudosList } from './kudos/kudos-list';
import { BadgeGrid } from './profile/badge-grid';
import { PointsLedger } from './profile/points-ledger';
import classes from './profile/profile.module.css';
import { RecentSuccesses } from './profile/recent-successes';
import { WeekBars } from './profile/week-bars';

const route = getRouteApi('/agents/$agentId');

function useProfile(id: number) {
  const query = useQuery({
    queryKey: ['profile', id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/gamification/agents/{id}', { params: { path: { id } }, signal })),
  });
  useLiveEvent('badge.earned', () => void query.refetch());
  useLiveEvent('leaderboard.updated', () => void query.refetch());
  return query;
}

/** An agent as colleagues see them: how they stand and what they have earned; for some, also for what. */
export function ProfilePage() {
  const { agentId } = route.useParams();
  const profile = useProfile(Number(agentId));
  const name = profile.data?.standing.full_name;
  useEffect(() => {
    if (name) document.title = `${name} · Rota`;
  }, [name]);
  if (profile.isPending) return <LoadingRows />;
  if (!profile.data)
    return <ErrorState isPage error={profile.error} onRetry={() => void profile.refetch()} />;
  return <Profile key={agentId} profile={profile.data} />;
}

function Profile({ profile }: { profile: AgentProfileResponse }) {
  const me = useMe();
  const { user_id: id, badges, weeks, recent } = profile;
  // Where points come from tells of leads: it is for oneself and one's managers.
  const seesPoints = id === me.id || isLeader(me);
  return (
    <Box px="md" pb="xl" className={classes.page}>
      <Anchor component={Link} to="/leaderboard" size="sm" className={classes.back}>
        <IconArrowLeft size={15} aria-hidden /> Leaderboard
      </Anchor>
      <Head profile={profile} isMe={id === me.id} />
      <Numbers profile={profile} />
      <BadgeGrid badges={badges} />
      <div className={classes.columns}>
        {seesPoints && <PointsLedger userId={id} />}
        <div className={classes.side}>
          <WeekBars weeks={weeks} />
          <RecentSuccesses recent={recent} />
          <section aria-labelledby="kudos">
            <Title order={2} size="h5" id="kudos" mb="xs">
              Kudos
            </Title>
            <KudosList userId={id} />
          </section>
        </div>
      </div>
    </Box>
  );
}

function Head({ profile, isMe }: { profile: AgentProfileResponse; isMe: boolean }) {
  const { user_id: id, standing, level, manager_name, is_active } = profile;
  const [isThanking, setThanking] = useState(false);
  const name = standing.full_name;
  const facts = [
    `Level ${level.level}`,
    standing.rank > 0 && `rank ${standing.rank}`,
    manager_name && `team ${manager_name}`,
    !is_active && 'no longer active',
  ];
  return (
    <Group justify="space-between">
      <Group gap="md" wrap="nowrap">
        <Initials name={name} size={56} />
        <div>
          <Group gap="xs">
            <Title order={1} size="h2">
              {name}
            </Title>
            {isMe && <Badge variant="light">You</Badge>}
          </Group>
          <Text size="sm" c="dimmed">
            {facts.filter(Boolean).join(' · ')}
          </Text>
        </div>
      </Group>
      {!isMe && is_active && (
        <Button
          leftSection={<IconHeart size={16} aria-hidden />}
          variant="light"
          onClick={() => setThanking(true)}
        >
          Give kudos
        </Button>
      )}
      {isThanking && <KudosDialog to={{ id, name }} onClose={() => setThanking(false)} />}
    </Group>
  );
}

function Numbers({
  profile: { level, streak, standing, kudos_received },
}: {
  profile: AgentProfileResponse;
}) {
  return (
    <Figures label="How they stand">
      <Figure
        label={`Level ${level.level}`}
        value={count(level.total_points)}
        note={<LevelBar level={level} />}
      />
      <Figure
        label="Streak"
        value={counted(streak.current, 'day')}
        note={`Longest: ${counted(streak.longest, 'day')}`}
      />
      <Figure
        label="Deals won"
        value={count(standing.deals_closed)}
        note={`${standing.conversion_rate} % of closed`}
      />
      <Figure label="Activity score" value={count(standing.activity_score)} note="Points made by work" />
      <Figure
        label="Percentile"
        value={standing.current_percentile}
        note={`Performance score ${count(Math.round(standing.performance_score))}`}
      />
      <Figure label="Kudos" value={count(kudos_received)} note="Received in all" />
    </Figures>
  );
}
