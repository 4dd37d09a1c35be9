import { NativeSelect, Table, Text, Title } from '@mantine/core';
import { LEAD_FIELD_NAMES } from '@server/leads/fields/lead-field-names';
import { words } from '@/lib/format';

const FIELDS = [...LEAD_FIELD_NAMES, 'score', 'priority', 'source'];
const NAMES: Record<string, string> = { npi: 'NPI', ein: 'EIN', zip_code: 'ZIP code' };
const CHOICES = [
  { value: '', label: 'Leave out' },
  ...FIELDS.map((field) => ({ value: field, label: NAMES[field] ?? words(field) })),
];

interface ColumnTableProps {
  columns: string[];
  mapping: (string | null)[];
  sample: string[][];
  onChange: (mapping: (string | null)[]) => void;
}

/** Which column fills which field, beside what the column holds. */
export function ColumnTable({ columns, mapping, sample, onChange }: ColumnTableProps) {
  // JSON has every field that we know; only those that the file fills are worth a line.
  const shown = columns
    .map((name, at) => ({ name, at, values: sample.map((row) => row[at] ?? '').filter(Boolean) }))
    .filter(({ at, values }) => sample.length === 0 || values.length > 0 || mapping[at] === null);
  return (
    <section aria-label="Columns">
      <Title order={2} size="h5" mb="xs">
        Columns
      </Title>
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>In the file</Table.Th>
              <Table.Th>For example</Table.Th>
              <Table.Th w={200}>Fills</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ name, at, values }) => (
              <Table.Tr key={`${at} ${name}`}>
                <Table.Td fw={500}>{name || `Column ${at + 1}`}</Table.Td>
                <Table.Td>
                  <Text size="sm" c="dimmed" truncate maw={340}>
                    {values.slice(0, 3).join(' · ') || '—'}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <NativeSelect
                    size="xs"
                    aria-label={`Field for ${name || `column ${at + 1}`}`}
                    data={CHOICES}
                    value={(mapping[at] === 'zip' ? 'zip_code' : mapping[at]) ?? ''}
                    onChange={(event) =>
                      onChange(
                        mapping.map((field, other) => (other === at ? event.target.value || null : field)),
                      )
                    }
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
