import { Table, Text } from '@mantine/core';
import { DeviationBar } from '@/components/deviation-bar';
import { WideTable } from '@/components/wide-table';
import type { AgentBalance } from '@/lib/api/schema';
import { PRIORITIES } from '@/lib/domain';
import classes from '../distribution.module.css';
import { signed } from '../words';

interface FairnessTableProps {
  agents: AgentBalance[];
  withBands: boolean;
}

const SCALE = 2;

/** One row an agent; with bands, what they got of each beside what they were entitled to. */
export function FairnessTable({ agents, withBands }: FairnessTableProps) {
  const widest = Math.max(SCALE, ...agents.map(({ deviation }) => Math.abs(deviation)));
  const scale = Math.min(Math.ceil(widest), 10);
  return (
    <WideTable label="Fairness by agent" minWidth={withBands ? 1080 : 620}>
      <Table className={classes.table} maw={withBands ? undefined : 860} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Agent</Table.Th>
            <Table.Th ta="right">Entitled</Table.Th>
            <Table.Th ta="right">Got</Table.Th>
            <Table.Th>Deviation (±{scale})</Table.Th>
            <Table.Th ta="right">Standing</Table.Th>
            {withBands &&
              PRIORITIES.map((band) => (
                <Table.Th key={band} ta="right">
                  {band} got / entitled
                </Table.Th>
              ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {agents.map((agent) => (
            <Table.Tr key={agent.agent_id}>
              <Table.Th scope="row">{agent.full_name}</Table.Th>
              <Table.Td ta="right">{agent.entitled.toFixed(2)}</Table.Td>
              <Table.Td ta="right">{agent.received}</Table.Td>
              <Table.Td>
                <DeviationBar deviation={agent.deviation} scale={scale} />
              </Table.Td>
              <Table.Td ta="right">{signed(agent.standing)}</Table.Td>
              {withBands && PRIORITIES.map((band) => <Band key={band} agent={agent} band={band} />)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

function Band({ agent, band }: { agent: AgentBalance; band: string }) {
  const balance = agent.bands.find((one) => one.band === band);
  if (!balance)
    return (
      <Table.Td ta="right" c="dimmed">
        —
      </Table.Td>
    );
  return (
    <Table.Td ta="right">
      {balance.received}{' '}
      <span style={{ color: 'var(--mantine-color-dimmed)' }}>/ {balance.entitled.toFixed(2)}</span>
      <Text size="xs" c="dimmed">
        {signed(balance.deviation)}
      </Text>
    </Table.Td>
  );
}
