import { Table } from '@mantine/core';
import { WideTable } from '@/components/wide-table';
import { PRIORITIES } from '@/lib/domain';
import { signed } from '../words';
import type { ComparedAgent } from './compared';
import classes from './rehearsal.module.css';

/** Everybody, in numbers: the chart for those who do not see it, and more. */
export function AgentTable({ agents }: { agents: ComparedAgent[] }) {
  return (
    <WideTable label="Leads per agent" minWidth={720} maxHeight={480}>
      <Table className={classes.table} stickyHeader highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Agent</Table.Th>
            <Table.Th ta="right">In force</Table.Th>
            <Table.Th ta="right">Draft</Table.Th>
            <Table.Th ta="right">Difference</Table.Th>
            {PRIORITIES.map((band) => (
              <Table.Th key={band} ta="right" title={`Leads of priority ${band} in the draft`}>
                {band}
              </Table.Th>
            ))}
            <Table.Th ta="right">Active then</Table.Th>
            <Table.Th ta="right">Deviation</Table.Th>
            <Table.Th ta="right">Expected wins</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {agents.map(({ id, name, active, draft }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td ta="right">{active.leads}</Table.Td>
              <Table.Td ta="right">{draft.leads}</Table.Td>
              <Table.Td ta="right">{signed(draft.leads - active.leads, 0)}</Table.Td>
              {PRIORITIES.map((band) => (
                <Table.Td key={band} ta="right">
                  {draft.bands[band] ?? 0}
                </Table.Td>
              ))}
              <Table.Td ta="right">{draft.active_leads}</Table.Td>
              <Table.Td ta="right">{signed(draft.deviation)}</Table.Td>
              <Table.Td ta="right">{draft.expected_wins.toFixed(1)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}
