import { Button, Modal, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PriorityBadge } from '@/components/badges';
import { ErrorState, LoadingRows } from '@/components/states';
import { WideTable } from '@/components/wide-table';
import type { RunResponse } from '@/lib/api/schema';
import { counted } from '@/lib/format';
import { useRunDecisions } from '../api/use-runs';
import classes from '../distribution.module.css';
import { dealRule, runKind } from '../words';

/** Which lead went to whom in a run, and by what. */
export function RunDecisions({ run, onClose }: { run: RunResponse; onClose: () => void }) {
  const log = useRunDecisions(run.id);
  const decisions = log.data?.pages.flatMap((page) => page.decisions) ?? [];
  return (
    <Modal opened onClose={onClose} title={`Run ${run.id}: ${runKind(run.kind).toLowerCase()}`} size="xl">
      {log.isPending && <LoadingRows rows={6} />}
      {log.isError && <ErrorState error={log.error} onRetry={() => void log.refetch()} />}
      {log.isSuccess && decisions.length === 0 && (
        <Text size="sm" c="dimmed">
          It gave out no lead.
        </Text>
      )}
      {decisions.length > 0 && (
        <WideTable label="Decisions" minWidth={620} maxHeight={520}>
          <Table className={classes.table} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Lead</Table.Th>
                <Table.Th>Went to</Table.Th>
                <Table.Th>By</Table.Th>
                <Table.Th>How</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {decisions.map((decision) => (
                <Table.Tr key={`${decision.lead_id} ${decision.at}`}>
                  <Table.Td>
                    <PriorityBadge priority={decision.band} />{' '}
                    <Link
                      to="/leads/$leadId"
                      params={{ leadId: String(decision.lead_id) }}
                      search={{ tab: 'why' }}
                      className={classes.rowLink}
                    >
                      {decision.practice_name ?? `Lead ${decision.lead_id}`}
                    </Link>
                  </Table.Td>
                  <Table.Td>{decision.agent_name}</Table.Td>
                  <Table.Td>
                    {decision.policy_name ?? `Policy ${decision.policy_id}`}
                    <Text span size="xs" c="dimmed">
                      {decision.version !== null && ` version ${decision.version}`}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {dealRule(decision.rule)}
                    <Text size="xs" c="dimmed">
                      of {counted(decision.candidates, 'candidate')}
                      {decision.tied_with > 0 && `, ${decision.tied_with} equally near`}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
      {log.hasNextPage && (
        <Button
          variant="subtle"
          mt="xs"
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          More
        </Button>
      )}
    </Modal>
  );
}
