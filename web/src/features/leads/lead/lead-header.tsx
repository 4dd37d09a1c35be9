import { ActionIcon, Button, Group, Menu, Text, Title, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconChevronLeft,
  IconChevronRight,
  IconDots,
  IconHelpCircle,
  IconPencil,
  IconPhone,
  IconTrash,
  IconUserShare,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { PriorityBadge, Score } from '@/components/badges';
import { Viewers } from '@/components/viewers';
import type { LeadResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { count, dialLink } from '@/lib/format';
import { usePresence } from '@/lib/live/presence';
import { isLeader } from '@/lib/people';
import { nameOfLead, useDeleteLead } from '../api/use-lead-actions';
import { DuplicateHint } from '../duplicates/duplicate-hint';
import { lastSearch, type useNeighbours } from '../neighbours';
import { AssignDialog } from './assign-dialog';
import classes from './lead-page.module.css';
import { ReturnDialog } from './return-dialog';
import { StatusMenu } from './status-menu';

interface LeadHeaderProps {
  lead: LeadResponse;
  neighbours: ReturnType<typeof useNeighbours>;
  onGo: (id: number | undefined) => void;
  onEdit: () => void;
}

export function LeadHeader({ lead, neighbours, onGo, onEdit }: LeadHeaderProps) {
  const { position, total, previous, next } = neighbours;
  const viewers = usePresence(lead.id, 'view');
  const phone = lead.practice_phone ?? lead.owner_phone;
  return (
    <header>
      <div className={classes.top}>
        <Button
          component={Link}
          {...({ to: '/leads', search: lastSearch.get() } as object)}
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconArrowLeft size={15} aria-hidden />}
        >
          Leads
        </Button>
        <Group gap={4}>
          {position !== null && (
            <Text size="sm" c="dimmed" mr={4}>
              {count(position)} of {count(total)}
            </Text>
          )}
          <Step label="Previous lead (k)" to={previous} onGo={onGo} icon={<IconChevronLeft size={16} />} />
          <Step label="Next lead (j)" to={next} onGo={onGo} icon={<IconChevronRight size={16} />} />
        </Group>
      </div>
      <Group justify="space-between" align="flex-start" gap="md">
        <div>
          <Title order={1} size="h2">
            {nameOfLead(lead)}
          </Title>
          <Text size="sm" c="dimmed" mt={2}>
            {[lead.specialties ?? lead.category, [lead.city, lead.state].filter(Boolean).join(', ')]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          <Group gap="sm" mt="sm">
            <StatusMenu lead={lead} />
            <PriorityBadge priority={lead.priority} />
            <Score score={lead.score} />
            <DuplicateHint lead={lead} />
            <Viewers viewers={viewers} />
          </Group>
        </div>
        <Group gap="xs">
          {phone && (
            <Button component="a" href={dialLink(phone)} leftSection={<IconPhone size={16} aria-hidden />}>
              Call
            </Button>
          )}
          <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
            Edit
          </Button>
          <LeadMenu lead={lead} />
        </Group>
      </Group>
    </header>
  );
}

interface StepProps {
  label: string;
  to: number | undefined;
  icon: ReactNode;
  onGo: (id: number | undefined) => void;
}

function Step({ label, to, icon, onGo }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} disabled={to === undefined} onClick={() => onGo(to)}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function LeadMenu({ lead }: { lead: LeadResponse }) {
  const me = useMe();
  const remove = useDeleteLead();
  const navigate = useNavigate();
  const [isReturning, setReturning] = useState(false);
  const [isAssigning, setAssigning] = useState(false);
  const isOwned = lead.assigned_user_id !== null;
  return (
    <>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label="More actions">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah={380} style={{ overflowY: 'auto' }}>
          <Menu.Item
            leftSection={<IconHelpCircle size={14} aria-hidden />}
            onClick={() =>
              void navigate({
                to: '/leads/$leadId',
                params: { leadId: String(lead.id) },
                search: { tab: 'why' },
                replace: true,
              })
            }
          >
            Why me?
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            disabled={!isOwned}
            onClick={() => setReturning(true)}
          >
            Return to the pool…
          </Menu.Item>
          {isLeader(me) && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconUserShare size={14} aria-hidden />}
                onClick={() => setAssigning(true)}
              >
                Assign to…
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={() =>
                  remove.mutate(lead, {
                    onSuccess: () => void navigate({ to: '/leads', search: lastSearch.get() }),
                  })
                }
              >
                Delete
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isAssigning && <AssignDialog lead={lead} onClose={() => setAssigning(false)} />}
      {isReturning && (
        <ReturnDialog lead={lead} isLeaving={!isLeader(me)} onClose={() => setReturning(false)} />
      )}
    </>
  );
}
