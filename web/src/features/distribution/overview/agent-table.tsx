import { Table, Text } from '@mantine/core';
import { DeviationBar } from '@/components/deviation-bar';
import { LoadBar } from '@/components/load-bar';
import { When } from '@/components/when';
import type { AgentOverview } from '@/lib/api/schema';
import classes from '../distribution.module.css';
import { availabilityWord } from '../words';
import { AgentMenu } from './agent-menu';
import page from './overview.module.css';

const SCALE = 2;

/** Who has how much of what they can take, whether they take more, and how near they are to their share. */
export function AgentTable({ agents }: { agents: AgentOverview[] }) {
  return (
    <Table className={`${classes.table} ${page.table}`} verticalSpacing={7} highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Agent</Table.Th>
          <Table.Th>Active leads</Table.Th>
          <Table.Th>Availability</Table.Th>
          <Table.Th title="Leads received less entitlement; the dashed lines stand at one lead">
            From their share (±1)
          </Table.Th>
          <Table.Th>
            <span className="visually-hidden">Actions</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {agents.map((agent) => (
          <Table.Tr key={agent.id}>
            <Table.Th scope="row">
              <Text size="sm" fw={500} c="var(--mantine-color-text)">
                {agent.name}
              </Text>
              <Skills agent={agent} />
            </Table.Th>
            <Table.Td>
              <LoadBar load={agent.active_leads} capacity={agent.capacity} />
            </Table.Td>
            <Table.Td>
              <Availability agent={agent} />
            </Table.Td>
            <Table.Td>
              {agent.takes_part ? (
                <DeviationBar deviation={agent.deviation} scale={SCALE} />
              ) : (
                <Text size="sm" c="dimmed">
                  Takes no part
                </Text>
              )}
            </Table.Td>
            <Table.Td ta="right">
              <AgentMenu agent={agent} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Skills({ agent: { skills } }: { agent: AgentOverview }) {
  const words = [...skills.languages, ...skills.specialties];
  if (words.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" className={page.skills}>
      {words.join(', ')}
    </Text>
  );
}

function Availability({ agent: { availability } }: { agent: AgentOverview }) {
  const { state, until } = availability;
  return (
    <span className={page.availability} data-state={state}>
      <span className={page.dot} aria-hidden />
      <span>
        {availabilityWord(state)}
        {until !== null && (
          <Text span size="xs" c="dimmed" display="block">
            {state === 'available' ? 'until ' : 'back '}
            <When time={until} />
          </Text>
        )}
      </span>
    </span>
  );
}
