import { Table } from '@mantine/core';
import type { ComparedReason } from './compared';
import classes from './rehearsal.module.css';

export function ReasonTable({ reasons }: { reasons: ComparedReason[] }) {
  return (
    <Table className={classes.table} maw={560}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Reason</Table.Th>
          <Table.Th ta="right">In force</Table.Th>
          <Table.Th ta="right">Draft</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {reasons.map(({ reason, active, draft }) => (
          <Table.Tr key={reason}>
            <Table.Th scope="row">{reason}</Table.Th>
            <Table.Td ta="right">{active}</Table.Td>
            <Table.Td ta="right">{draft}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
