import { Anchor, Radio, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Score, StatusBadge } from '@/components/badges';
import { WideTable } from '@/components/wide-table';
import type { LeadResponse } from '@/lib/api/schema';
import { shown } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { nameOfLead } from '../api/use-lead-actions';
import { type FieldName, LEAD_FIELDS } from '../edit/lead-fields';
import classes from './duplicates.module.css';
import { type Choices, chosenLead, differingFields } from './merge-choice';

interface MergeTableProps {
  leads: LeadResponse[];
  survivor: LeadResponse;
  choices: Choices;
  onSurvivor: (id: number) => void;
  onChoice: (field: FieldName, id: number) => void;
}

/** A column a lead; of each field one value is kept. The arrow keys go from value to value. */
export function MergeTable({ leads, survivor, choices, onSurvivor, onChoice }: MergeTableProps) {
  const differing = differingFields(leads);
  const alike = LEAD_FIELDS.filter((field) => !differing.includes(field));
  return (
    <WideTable label="Leads to merge" minWidth={100 + 145 * leads.length}>
      <Table verticalSpacing={7} className={classes.merge}>
        <Heads leads={leads} survivor={survivor} onSurvivor={onSurvivor} />
        <Table.Tbody>
          {differing.map(({ name, label }) => {
            const kept = chosenLead(name, leads, survivor, choices);
            return (
              <Table.Tr key={name}>
                <Table.Th scope="row">{label}</Table.Th>
                {leads.map((lead) => (
                  <Table.Td key={lead.id} data-kept={lead === kept || undefined}>
                    <Radio
                      name={name}
                      size="xs"
                      label={shown(lead[name])}
                      aria-label={`${label}: ${shown(lead[name])}, of lead ${lead.id}`}
                      checked={lead === kept}
                      onChange={() => onChoice(name, lead.id)}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
          {alike.map(({ name, label }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{label}</Table.Th>
              <Table.Td colSpan={leads.length}>
                <Text size="sm" c="dimmed">
                  {survivor[name] === null ? 'None has one' : `${shown(survivor[name])} in all`}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

function Heads({ leads, survivor, onSurvivor }: Pick<MergeTableProps, 'leads' | 'survivor' | 'onSurvivor'>) {
  const nameOf = useNameOf();
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th scope="col" className={classes.corner}>
          Lead
        </Table.Th>
        {leads.map((lead) => (
          <Table.Th key={lead.id} scope="col">
            <Anchor
              size="sm"
              fw={600}
              renderRoot={(props) => (
                <Link to="/leads/$leadId" params={{ leadId: String(lead.id) }} {...props} />
              )}
            >
              {nameOfLead(lead)}
            </Anchor>
            <Text size="xs" c="dimmed" fw={400}>
              Lead {lead.id} · {nameOf(lead.assigned_user_id)}
            </Text>
          </Table.Th>
        ))}
      </Table.Tr>
      <Table.Tr>
        <Table.Th scope="row">Stays</Table.Th>
        {leads.map((lead) => (
          <Table.Td key={lead.id} data-kept={lead === survivor || undefined}>
            <Radio
              name="survivor"
              size="xs"
              label="This one stays"
              aria-label={`This one stays: ${nameOfLead(lead)}, lead ${lead.id}`}
              checked={lead === survivor}
              onChange={() => onSurvivor(lead.id)}
            />
          </Table.Td>
        ))}
      </Table.Tr>
      <Table.Tr>
        <Table.Th scope="row">Work</Table.Th>
        {leads.map((lead) => (
          <Table.Td key={lead.id}>
            <span className={classes.work}>
              <StatusBadge status={lead.status} />
              <Score score={lead.score} />
            </span>
          </Table.Td>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}
