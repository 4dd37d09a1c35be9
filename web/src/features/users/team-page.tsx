import { Box, Button, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { MyTeamResponse, UserResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { count } from '@/lib/format';
import { usePeople } from '@/lib/people';
import { sayDone, sayFailed } from '@/lib/undo';
import classes from './team-page.module.css';
import { useManagers, useMoveAgent, useMyTeam } from './use-users';
import { UserDialog } from './user-dialog';
import { UserTable } from './user-table';

/** A manager's own team; for admins every team, between which agents can be moved. */
export function TeamPage() {
  const me = useMe();
  const [isCreating, setCreating] = useState(false);
  if (me.role === 'agent') return <EmptyState isPage title="Only managers and admins see teams" />;
  return (
    <>
      <PageHeader title={me.role === 'admin' ? 'Teams' : 'My team'}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          New agent
        </Button>
      </PageHeader>
      <Box px="md" pb="xl">
        {me.role === 'admin' ? <AllTeams /> : <MyTeam />}
      </Box>
      {isCreating && <UserDialog user={null} onClose={() => setCreating(false)} />}
    </>
  );
}

function MyTeam() {
  const team = useMyTeam(true);
  if (team.isPending) return <LoadingRows />;
  if (team.isError) return <ErrorState error={team.error} onRetry={() => void team.refetch()} />;
  const { team_members, team_stats } = team.data;
  return (
    <Stack>
      <Figures stats={team_stats} />
      {team_members.length === 0 ? (
        <EmptyState title="Nobody is in your team yet">
          Create an agent, or ask an admin to move one to you.
        </EmptyState>
      ) : (
        <UserTable users={team_members} />
      )}
    </Stack>
  );
}

function Figures({ stats }: { stats: MyTeamResponse['team_stats'] }) {
  const figures: [string, string][] = [
    ['Agents', count(stats.team_size)],
    ['Active agents', count(stats.active_agents)],
    ['Deals closed', count(stats.total_deals_closed)],
    ['Conversion', `${stats.average_conversion_rate.toFixed(1)} %`],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
      {figures.map(([label, value]) => (
        <div key={label} className={classes.figure}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </SimpleGrid>
  );
}

function AllTeams() {
  const managers = useManagers(true);
  const people = usePeople();
  if (managers.isPending || people.isPending) return <LoadingRows />;
  if (managers.isError) return <ErrorState error={managers.error} onRetry={() => void managers.refetch()} />;
  if (people.isError) return <ErrorState error={people.error} onRetry={() => void people.refetch()} />;
  const agents = people.data.filter(({ role }) => role === 'agent');
  const choices = managers.data.map(({ manager_id, manager_name }) => ({
    id: manager_id,
    name: manager_name,
  }));
  const free = agents.filter(({ manager_id, is_active }) => manager_id === null && is_active);
  return (
    <Stack gap="xl">
      {free.length > 0 && <Team title="Without a manager" agents={free} choices={choices} />}
      {managers.data.map((manager) => (
        <Team
          key={manager.manager_id}
          title={manager.manager_name}
          note={`${manager.team_deals_closed} deals closed · ${manager.team_conversion_rate.toFixed(1)} % conversion`}
          agents={agents.filter(({ manager_id }) => manager_id === manager.manager_id)}
          choices={choices}
        />
      ))}
    </Stack>
  );
}

interface TeamProps {
  title: string;
  note?: string;
  agents: UserResponse[];
  choices: { id: number; name: string }[];
}

const NOBODY = 'none';

function Team({ title, note, agents, choices }: TeamProps) {
  const move = useMoveAgent();
  return (
    <section aria-label={title}>
      <Title order={2} size="h5">
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {note ?? 'Give each of them a manager.'}
      </Text>
      {agents.length === 0 ? (
        <Text size="sm" c="dimmed" py="md">
          No agents yet
        </Text>
      ) : (
        <UserTable
          users={agents}
          actions={(agent) => (
            <Select
              size="xs"
              w={170}
              aria-label={`Manager of ${agent.full_name}`}
              data={[
                { value: NOBODY, label: 'No manager' },
                ...choices.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
              value={agent.manager_id === null ? NOBODY : String(agent.manager_id)}
              allowDeselect={false}
              disabled={move.isPending}
              onChange={(value) =>
                move.mutate(
                  { id: agent.id, managerId: value === NOBODY ? null : Number(value) },
                  { onSuccess: () => sayDone(`${agent.full_name} is moved`), onError: sayFailed },
                )
              }
            />
          )}
        />
      )}
    </section>
  );
}
