import { Alert, Button, Select, Stack, Text, Textarea } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import { counted } from '@/lib/format';
import { usePeople } from '@/lib/people';
import { useLeadsOf, useTransfer } from '../api/use-moves';
import classes from '../distribution.module.css';
import { LeadersOnly } from '../leaders-only';
import { LeadPreview } from './lead-preview';
import { RecentTransfers } from './recent-transfer-list';
import { rememberTransfer } from './recent-transfers';
import page from './transfer.module.css';

const POOL = 'pool';
const route = getRouteApi('/distribution/transfer');

/** All leads of somebody who leaves, to somebody else or back to the pool. */
export function TransferPage() {
  return (
    <LeadersOnly>
      <PageHeader title="Transfer" note="All active leads of one agent" />
      <div className={classes.page}>
        <div className={page.columns}>
          <Transfer />
        </div>
        <RecentTransfers />
      </div>
    </LeadersOnly>
  );
}

function Transfer() {
  const { from: asked } = route.useSearch();
  const { data: people = [] } = usePeople();
  const [from, setFrom] = useState<string | null>(asked ?? null);
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState<Record<string, string>>({});
  const leads = useLeadsOf(from === null ? null : Number(from));
  const transfer = useTransfer();
  const agents = people.filter(({ role }) => role === 'agent');
  const nameOf = (id: string | null) => agents.find((agent) => String(agent.id) === id)?.full_name ?? '';
  const refused = { ...fieldErrorsOf(transfer.error), ...missing };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const faults = {
      ...(from === null && { from_agent_id: 'Choose whose leads' }),
      ...(to === null && { to_agent_id: 'Choose where they go' }),
      ...(reason.trim() === '' && { reason: 'Say why; it is kept in each lead’s history' }),
    };
    setMissing(faults);
    if (Object.keys(faults).length > 0) return;
    transfer.mutate(
      { from_agent_id: Number(from), to_agent_id: to === POOL ? null : Number(to), reason: reason.trim() },
      {
        onSuccess: ({ move_id, leads_moved }) => {
          const target = to === POOL ? 'the pool' : nameOf(to);
          if (leads_moved > 0)
            rememberTransfer(move_id, `${counted(leads_moved, 'lead')} of ${nameOf(from)} went to ${target}`);
          setReason('');
          setTo(null);
        },
      },
    );
  };
  const amount = leads.data?.total ?? 0;
  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {transfer.error && Object.keys(refused).length === 0 && (
            <Alert color="red" role="alert">
              {messageOf(transfer.error)}
            </Alert>
          )}
          <Select
            label="From"
            placeholder="Who leaves"
            searchable
            data={agents.map(({ id, full_name, is_active }) => ({
              value: String(id),
              label: is_active ? full_name : `${full_name} (inactive)`,
            }))}
            value={from}
            error={refused['from_agent_id']}
            onChange={setFrom}
          />
          <Select
            label="To"
            placeholder="Who takes over"
            searchable
            data={[
              { value: POOL, label: 'The pool: given out by the rules' },
              ...agents
                .filter(({ id, is_active }) => is_active && String(id) !== from)
                .map(({ id, full_name }) => ({ value: String(id), label: full_name })),
            ]}
            value={to}
            error={refused['to_agent_id']}
            onChange={setTo}
          />
          <Textarea
            label="Reason"
            placeholder="Left the company, on leave, …"
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            error={refused['reason']}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <div>
            <Button
              type="submit"
              loading={transfer.isPending}
              disabled={from !== null && leads.isSuccess && amount === 0}
            >
              {from !== null && leads.isSuccess ? `Transfer ${counted(amount, 'lead')}` : 'Transfer'}
            </Button>
            <Text size="xs" c="dimmed" mt={6}>
              Can be undone for 15 minutes. A person may get more leads by it than their target.
            </Text>
          </div>
        </Stack>
      </form>
      <LeadPreview leads={leads} isChosen={from !== null} name={nameOf(from)} />
    </>
  );
}
