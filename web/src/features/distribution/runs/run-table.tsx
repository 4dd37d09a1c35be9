import { Anchor, Badge, Button, Progress, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { When } from '@/components/when';
import { WideTable } from '@/components/wide-table';
import type { RunResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { count } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { sayFailed } from '@/lib/undo';
import { useCancelRun } from '../api/use-runs';
import classes from '../distribution.module.css';
import { runKind, waitingReason } from '../words';
import { RunDecisions } from './run-decisions';

const STATES: Readonly<Record<RunResponse['state'], { label: string; color: string }>> = {
  running: { label: 'Running', color: 'indigo' },
  completed: { label: 'Completed', color: 'green' },
  cancelled: { label: 'Cancelled', color: 'gray' },
  failed: { label: 'Failed', color: 'red' },
  interrupted: { label: 'Interrupted', color: 'orange' },
};

interface RunTableProps {
  runs: RunResponse[];
  /** Only what fits beside something else. */
  isBrief?: boolean;
}

export function RunTable({ runs, isBrief }: RunTableProps) {
  return (
    <WideTable label="Runs" minWidth={isBrief ? 320 : 860}>
      <Table className={classes.table} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Run</Table.Th>
            {!isBrief && <Table.Th>Began</Table.Th>}
            <Table.Th>State</Table.Th>
            {!isBrief && <Table.Th ta="right">Looked at</Table.Th>}
            <Table.Th ta="right">Given out</Table.Th>
            {!isBrief && <Table.Th ta="right">Taken back</Table.Th>}
            {!isBrief && <Table.Th>Found nobody</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} isBrief={isBrief} />
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

function RunRow({ run, isBrief }: { run: RunResponse; isBrief?: boolean }) {
  const nameOf = useNameOf();
  const [isReading, setReading] = useState(false);
  const by = run.requested_by === null ? 'by itself' : `by ${nameOf(run.requested_by)}`;
  return (
    <Table.Tr>
      <Table.Td>
        {runKind(run.kind)}
        <Text size="xs" c="dimmed">
          {isBrief ? <When time={run.started_at} /> : `#${run.id} ${by}`}
        </Text>
      </Table.Td>
      {!isBrief && (
        <Table.Td>
          <When time={run.started_at} />
          <Text size="xs" c="dimmed">
            {durationOf(run)}
          </Text>
        </Table.Td>
      )}
      <Table.Td>
        <RunState run={run} />
      </Table.Td>
      {!isBrief && <Table.Td ta="right">{count(run.examined)}</Table.Td>}
      <Table.Td ta="right">
        {run.assigned > 0 && !isBrief ? (
          <Anchor
            component="button"
            type="button"
            size="sm"
            aria-label={`${count(run.assigned)}: who got which lead in run ${run.id}`}
            onClick={() => setReading(true)}
          >
            {count(run.assigned)}
          </Anchor>
        ) : (
          count(run.assigned)
        )}
        {isReading && <RunDecisions run={run} onClose={() => setReading(false)} />}
      </Table.Td>
      {!isBrief && <Table.Td ta="right">{count(run.recycled)}</Table.Td>}
      {!isBrief && <Table.Td>{reasonsOf(run)}</Table.Td>}
    </Table.Tr>
  );
}

function RunState({ run }: { run: RunResponse }) {
  const me = useMe();
  const cancel = useCancelRun();
  const { label, color } = STATES[run.state];
  if (run.state !== 'running')
    return (
      <>
        <Badge size="sm" radius="sm" variant="dot" color={color}>
          {label}
        </Badge>
        {run.error && (
          <Text size="xs" c="var(--mantine-color-error)">
            {run.error}
          </Text>
        )}
      </>
    );
  return (
    <div role="status">
      <Progress value={100} animated striped size="sm" w={120} aria-label={`Run ${run.id} is under way`} />
      <Text size="xs" c="dimmed">
        {run.cancel_requested ? 'Ends after this batch' : `${count(run.examined)} looked at`}
      </Text>
      {me.role === 'admin' && !run.cancel_requested && (
        <Button
          size="compact-xs"
          variant="default"
          loading={cancel.isPending}
          aria-label={`Cancel run ${run.id}`}
          onClick={() => cancel.mutate(run.id, { onError: sayFailed })}
        >
          Cancel
        </Button>
      )}
    </div>
  );
}

function reasonsOf({ unassigned }: RunResponse): string {
  const reasons = Object.entries(unassigned);
  if (reasons.length === 0) return '—';
  return reasons.map(([code, leads]) => `${count(leads)} ${waitingReason(code).toLowerCase()}`).join(', ');
}

const SECOND = 1_000;

function durationOf({ started_at, finished_at }: RunResponse): string {
  if (finished_at === null) return 'not over yet';
  const seconds = (Date.parse(finished_at) - Date.parse(started_at)) / SECOND;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
