import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { StatusBadge } from '@/components/badges';
import type { LeadResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { askedAt, isReopening, type LeadStatus, STATUSES } from '@/lib/domain';
import { words } from '@/lib/format';
import { isLeader } from '@/lib/people';
import { useChangeStatus } from '../api/use-lead-actions';
import { StatusDialog } from './status-dialog';

/** Moves a lead to another status; asks for what the status graph wants to know. */
export function StatusMenu({ lead, compact }: { lead: LeadResponse; compact?: boolean }) {
  const me = useMe();
  const change = useChangeStatus();
  const [asked, setAsked] = useState<LeadStatus | null>(null);
  const mayMove = (status: LeadStatus) => isLeader(me) || !isReopening(lead.status, status);
  const choose = (status: LeadStatus) => {
    if (askedAt(lead.status, status)) setAsked(status);
    else change.mutate({ lead, status });
  };
  return (
    <>
      <Menu shadow="md" position="bottom-start">
        <Menu.Target>
          <Button
            variant={compact ? 'subtle' : 'default'}
            color="gray"
            size={compact ? 'compact-sm' : 'sm'}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            aria-label={`Status: ${words(lead.status)}. Change`}
          >
            <StatusBadge status={lead.status} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {STATUSES.map((status) => (
            <Menu.Item
              key={status}
              onClick={() => choose(status)}
              disabled={status === lead.status || !mayMove(status)}
            >
              <StatusBadge status={status} />
            </Menu.Item>
          ))}
          {STATUSES.some((status) => !mayMove(status)) && (
            <Menu.Label>Closed leads are reopened by managers</Menu.Label>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <StatusDialog
          from={lead.status}
          to={asked}
          onCancel={() => setAsked(null)}
          onDone={(answer) => {
            setAsked(null);
            change.mutate({ lead, status: asked, ...answer });
          }}
        />
      )}
    </>
  );
}
