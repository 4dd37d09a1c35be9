import { Badge, Table, Text, Title } from '@mantine/core';
import type { ImportPreviewResponse } from '@/lib/api/schema';
import { count } from '@/lib/format';

const OUTCOMES: Record<string, { label: string; color: string }> = {
  lead: { label: 'New', color: 'green' },
  refused: { label: 'Refused', color: 'red' },
  passed_over: { label: 'Left out', color: 'gray' },
};

/** What would become of the first rows, with what is repaired in them or wrong with them. */
export function PreviewTable({ preview }: { preview: ImportPreviewResponse }) {
  const { counts, looked_at: lookedAt, rows } = preview;
  return (
    <section aria-label="Preview">
      <Title order={2} size="h5">
        Preview
      </Title>
      <Text size="sm" c="dimmed" mb="xs" role="status">
        Of the first {count(lookedAt)} rows {count(counts.usable)} can be used ({count(counts.known)} there
        already); {count(counts.refused)} refused, {count(counts.passed_over)} left out.
      </Text>
      <Table.ScrollContainer minWidth={760}>
        <Table verticalSpacing={6} aria-label="First rows">
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right">Line</Table.Th>
              <Table.Th>Outcome</Table.Th>
              <Table.Th>Practice</Table.Th>
              <Table.Th>Phone</Table.Th>
              <Table.Th>Place</Table.Th>
              <Table.Th>Notes</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <PreviewRow key={row.line} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function PreviewRow({ row }: { row: ImportPreviewResponse['rows'][number] }) {
  const known = { label: 'There already', color: 'blue' };
  const outcome = row.known_lead_id === null ? OUTCOMES[row.outcome] : known;
  const text = (field: string) => (row.lead?.[field] as string | null | undefined) ?? '';
  return (
    <Table.Tr>
      <Table.Td ta="right">{row.line}</Table.Td>
      <Table.Td>
        <Badge size="sm" variant="light" autoContrast color={outcome?.color}>
          {outcome?.label}
        </Badge>
      </Table.Td>
      <Table.Td>{text('practice_name') || text('owner_name') || '—'}</Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{text('practice_phone') || '—'}</Table.Td>
      <Table.Td>{[text('city'), text('state')].filter(Boolean).join(', ') || '—'}</Table.Td>
      <Table.Td maw={320}>
        <Text size="xs" c="dimmed" lineClamp={2}>
          {row.notes.map(({ message }) => message).join(' ')}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
