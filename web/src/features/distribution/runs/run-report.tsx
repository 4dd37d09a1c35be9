import { Alert, Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { LoadBar } from '@/components/load-bar';
import { WideTable } from '@/components/wide-table';
import { messageOf } from '@/lib/api/problem';
import type {
  RecycleCheckResponse,
  RedistributeAllResponse,
  RedistributeOneResponse,
} from '@/lib/api/schema';
import { counted } from '@/lib/format';
import classes from '../distribution.module.css';

export type RunOutcome =
  | { kind: 'redistribute'; answer: RedistributeAllResponse | RedistributeOneResponse }
  | { kind: 'recycle'; answer: RecycleCheckResponse }
  | { kind: 'failed'; error: unknown };

const TITLES: Readonly<Record<RunOutcome['kind'], string>> = {
  redistribute: 'Redistributed',
  recycle: 'Recycle check done',
  failed: 'The run did not work',
};

/** What came of a run by hand. */
export function RunReport({ outcome, onClose }: { outcome: RunOutcome; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={TITLES[outcome.kind]} size="md">
      <Stack>
        <Said outcome={outcome} />
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Said({ outcome }: { outcome: RunOutcome }) {
  if (outcome.kind === 'failed')
    return (
      <Alert color="red" role="alert">
        {messageOf(outcome.error)}
      </Alert>
    );
  if (outcome.kind === 'recycle')
    return (
      <Text size="sm">
        {counted(outcome.answer.leads_recycled, 'untouched lead')} taken back,{' '}
        {counted(outcome.answer.redistributed, 'lead')} given out afterwards.
      </Text>
    );
  const { answer } = outcome;
  if ('agent' in answer)
    return (
      <Text size="sm">
        {answer.agent} got {counted(answer.leads_distributed, 'lead')} and has {answer.stats.active_leads} of{' '}
        {answer.stats.target_leads} now.
      </Text>
    );
  const agents = Object.entries(answer.agent_stats);
  return (
    <>
      <Text size="sm">
        {answer.leads_distributed === 0
          ? 'No lead was given out: nobody who is at work has a free place for one that waits.'
          : `${counted(answer.leads_distributed, 'lead')} given out among ${counted(answer.agents, 'agent')}.`}
      </Text>
      {agents.length > 0 && (
        <WideTable label="Agents after the run" minWidth={300} maxHeight={320}>
          <Table className={classes.table} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Agent</Table.Th>
                <Table.Th>Active leads now</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {agents.map(([name, { active_leads, target_leads }]) => (
                <Table.Tr key={name}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>
                    <LoadBar load={active_leads} capacity={target_leads} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </>
  );
}
