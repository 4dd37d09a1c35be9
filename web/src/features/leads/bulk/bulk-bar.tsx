import { Anchor, Button, Group, Menu, Paper, ScrollArea, Text } from '@mantine/core';
import { IconArrowMerge, IconArrowsExchange, IconTrash, IconUserShare, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { StatusBadge } from '@/components/badges';
import { Confirm } from '@/components/confirm';
import type { BulkChangeResponse, LeadResponse, LeadSelectionDto } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { STATUSES } from '@/lib/domain';
import { count, counted } from '@/lib/format';
import { filterForBody, isNarrowed, type LeadSearch } from '@/lib/lead-search';
import { isLeader, useAgents } from '@/lib/people';
import type { useSelection } from '../table/use-selection';
import classes from './bulk-bar.module.css';
import { BulkReport } from './bulk-report';
import { type BulkChange, useBulk } from './use-bulk';

/** The API changes no more in one request. */
const MOST_LEADS = 10_000;
/** Beside each other on one page. */
const MOST_MERGED = 6;

interface BulkBarProps {
  selection: ReturnType<typeof useSelection>;
  leads: LeadResponse[];
  total: number;
  search: LeadSearch;
}

/** What can be done with the chosen leads. */
export function BulkBar({ selection, leads, total, search }: BulkBarProps) {
  const me = useMe();
  const agents = useAgents();
  const bulk = useBulk();
  const [report, setReport] = useState<BulkChangeResponse | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  const amount = selection.isEverything ? total : selection.count;

  const apply = (change: BulkChange) => {
    const chosen: LeadSelectionDto = selection.isEverything
      ? { filter: filterForBody(search) }
      : { ids: [...selection.ids] };
    bulk.mutate({
      change,
      selection: chosen,
      onDone: (answer) => {
        selection.clear();
        if (answer.summary.refused > 0) setReport(answer);
      },
    });
  };
  return (
    <>
      {report && <BulkReport answer={report} onClose={() => setReport(null)} />}
      {selection.count > 0 && (
        <Paper className={classes.bar} shadow="md" withBorder role="toolbar" aria-label="Selected leads">
          <Group gap="xs" justify="center">
            <Text size="sm" fw={500} px="xs" role="status">
              {counted(amount, 'lead')} selected
            </Text>
            {canTakeAll(selection, leads, total, search) && (
              <Anchor component="button" size="sm" onClick={selection.selectEverything}>
                Select all {count(total)} that match
              </Anchor>
            )}
            <Menu shadow="md" position="top">
              <Menu.Target>
                <Button
                  size="sm"
                  variant="default"
                  loading={bulk.isPending}
                  leftSection={<IconArrowsExchange size={15} aria-hidden />}
                >
                  Status
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {STATUSES.map((status) => (
                  <Menu.Item key={status} onClick={() => apply({ kind: 'status', status })}>
                    <StatusBadge status={status} />
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            {isLeader(me) && (
              <>
                <Menu shadow="md" position="top">
                  <Menu.Target>
                    <Button
                      size="sm"
                      variant="default"
                      disabled={bulk.isPending}
                      leftSection={<IconUserShare size={15} aria-hidden />}
                    >
                      Assign
                    </Button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <ScrollArea.Autosize mah={320}>
                      {agents.map(({ id, full_name }) => (
                        <Menu.Item
                          key={id}
                          onClick={() => apply({ kind: 'assign', agentId: id, name: full_name })}
                        >
                          {full_name}
                        </Menu.Item>
                      ))}
                      <Menu.Divider />
                      <Menu.Item onClick={() => apply({ kind: 'assign', agentId: null, name: '' })}>
                        Return to the pool
                      </Menu.Item>
                    </ScrollArea.Autosize>
                  </Menu.Dropdown>
                </Menu>
                {!selection.isEverything && amount > 1 && amount <= MOST_MERGED && (
                  <Button
                    size="sm"
                    variant="default"
                    leftSection={<IconArrowMerge size={15} aria-hidden />}
                    renderRoot={(props) => (
                      <Link
                        to="/duplicates/merge"
                        search={{ leads: [...selection.ids].join(',') }}
                        {...props}
                      />
                    )}
                  >
                    Merge
                  </Button>
                )}
                <Button
                  size="sm"
                  variant="default"
                  disabled={bulk.isPending}
                  leftSection={<IconTrash size={15} aria-hidden />}
                  onClick={() => (selection.isEverything ? setDeleting(true) : apply({ kind: 'delete' }))}
                >
                  Delete
                </Button>
              </>
            )}
            <Button
              size="sm"
              variant="subtle"
              color="gray"
              leftSection={<IconX size={15} aria-hidden />}
              onClick={selection.clear}
            >
              Clear
            </Button>
          </Group>
        </Paper>
      )}
      <Confirm
        opened={isDeleting}
        title={`Delete ${counted(amount, 'lead')}?`}
        confirm="Delete"
        onCancel={() => setDeleting(false)}
        onConfirm={() => {
          setDeleting(false);
          apply({ kind: 'delete' });
        }}
      >
        These are all leads that the list matches, also those you have not scrolled to.
      </Confirm>
    </>
  );
}

function canTakeAll(
  selection: BulkBarProps['selection'],
  leads: LeadResponse[],
  total: number,
  search: LeadSearch,
): boolean {
  const isPart = !selection.isEverything && selection.count === leads.length && total > leads.length;
  return isPart && total <= MOST_LEADS && isNarrowed(search) && !search.deleted;
}
