import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowsExchange,
  IconClockHour4,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconUserPlus,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AgentOverview } from '@/lib/api/schema';
import { counted } from '@/lib/format';
import { sayDone, sayFailed } from '@/lib/undo';
import { AvailabilityDialog } from '../agent/availability-dialog';
import { PauseDialog } from '../agent/pause-dialog';
import { useResume } from '../api/use-availability';
import { useRedistribute } from '../api/use-runs';

/** What somebody who leads does about one agent. */
export function AgentMenu({ agent }: { agent: AgentOverview }) {
  const navigate = useNavigate();
  const [opened, setOpened] = useState<'pause' | 'hours' | null>(null);
  const fill = useRedistribute();
  const resume = useResume(agent.id);
  const isPaused = agent.availability.state === 'paused';
  return (
    <>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${agent.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconUserPlus size={14} aria-hidden />}
            disabled={fill.isPending}
            onClick={() =>
              fill.mutate(agent.id, {
                onSuccess: ({ leads_distributed }) =>
                  sayDone(`${agent.name} got ${counted(leads_distributed, 'lead')}`),
                onError: sayFailed,
              })
            }
          >
            Fill up from the pool
          </Menu.Item>
          {isPaused ? (
            <Menu.Item
              leftSection={<IconPlayerPlay size={14} aria-hidden />}
              onClick={() =>
                resume.mutate(undefined, {
                  onSuccess: () => sayDone(`${agent.name} takes new leads again`),
                  onError: sayFailed,
                })
              }
            >
              Resume new leads
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<IconPlayerPause size={14} aria-hidden />}
              onClick={() => setOpened('pause')}
            >
              Pause new leads
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconClockHour4 size={14} aria-hidden />}
            onClick={() => setOpened('hours')}
          >
            Hours, days off, skills
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsExchange size={14} aria-hidden />}
            onClick={() =>
              void navigate({ to: '/distribution/transfer', search: { from: String(agent.id) } })
            }
          >
            Transfer all leads
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {opened === 'pause' && (
        <PauseDialog agentId={agent.id} name={agent.name} onClose={() => setOpened(null)} />
      )}
      {opened === 'hours' && <AvailabilityDialog agent={agent} onClose={() => setOpened(null)} />}
    </>
  );
}
