import { Alert, Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { messageOf } from '@/lib/api/problem';
import type { LeadResponse } from '@/lib/api/schema';
import { useAgents } from '@/lib/people';
import { useAssign } from '../api/use-lead-actions';

/** To whom, and why: the reason is told to everybody who asks why the lead is theirs. */
export function AssignDialog({ lead, onClose }: { lead: LeadResponse; onClose: () => void }) {
  const agents = useAgents();
  const assign = useAssign();
  const [agentId, setAgentId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const agent = agents.find(({ id }) => String(id) === agentId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!agent) return;
    assign.mutate(
      { lead, agentId: agent.id, name: agent.full_name, reason: reason.trim() || null },
      { onSuccess: onClose },
    );
  };
  return (
    <Modal opened onClose={onClose} title="Assign to an agent" size="sm">
      <form onSubmit={submit}>
        <Stack>
          {assign.error && (
            <Alert color="red" role="alert">
              {messageOf(assign.error)}
            </Alert>
          )}
          <Select
            label="Agent"
            searchable
            required
            data-autofocus
            data={agents.map(({ id, full_name }) => ({
              value: String(id),
              label: full_name,
              disabled: id === lead.assigned_user_id,
            }))}
            value={agentId}
            onChange={setAgentId}
          />
          <Textarea
            label="Why"
            description="“Why me?” tells it; may stay empty"
            maxLength={500}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!agent} loading={assign.isPending}>
              Assign
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
