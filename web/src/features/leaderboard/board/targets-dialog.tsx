import { Button, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorState, LoadingRows } from '@/components/states';
import { answerOf, api } from '@/lib/api/client';
import { fieldErrorsOf } from '@/lib/api/problem';
import type { DailyTargetDto } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { METRIC_NAMES, type Metric } from '@/lib/board-search';
import { queryClient } from '@/lib/query-client';
import { sayDone, sayFailed } from '@/lib/undo';
import { useTeams } from './board-filters';

/** What every agent of a team is to do in a day; managers say it for their own. */
export function TargetsDialog({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const teams = useTeams();
  const [team, setTeam] = useState<string | null>(null);
  const teamId = team === null ? undefined : Number(team);
  const targets = useQuery({
    queryKey: ['targets', teamId ?? null],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/gamification/targets', { params: { query: { team_id: teamId } }, signal })),
  });
  return (
    <Modal opened onClose={onClose} title="Daily targets">
      <Stack>
        {me.role === 'admin' && (
          <Select
            label="For"
            placeholder="The company"
            clearable
            data={teams}
            value={team}
            onChange={setTeam}
          />
        )}
        {targets.isPending && <LoadingRows rows={3} />}
        {targets.isError && <ErrorState error={targets.error} onRetry={() => void targets.refetch()} />}
        {targets.data && <Form key={team} targets={targets.data} teamId={teamId} onClose={onClose} />}
      </Stack>
    </Modal>
  );
}

interface FormProps {
  targets: DailyTargetDto[];
  teamId: number | undefined;
  onClose: () => void;
}

function Form({ targets, teamId, onClose }: FormProps) {
  const [values, setValues] = useState(() => targets.map((target) => ({ ...target })));
  const save = useMutation({
    mutationFn: () =>
      answerOf(api.PUT('/api/v1/gamification/targets', { body: { team_id: teamId, targets: values } })),
    onSuccess: () => {
      sayDone('Targets are set');
      void queryClient.invalidateQueries({ queryKey: ['targets'] });
      void queryClient.invalidateQueries({ queryKey: ['my-day'] });
      onClose();
    },
    onError: (error) => Object.keys(fieldErrorsOf(error)).length === 0 && sayFailed(error),
  });
  const refused = fieldErrorsOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          Each agent sees them in their day. 0 is no target.
        </Text>
        {values.map(({ metric, target }, place) => (
          <NumberInput
            key={metric}
            label={METRIC_NAMES[metric as Metric]}
            min={0}
            max={10_000}
            allowDecimal={false}
            value={target}
            error={refused[`targets.${place}.target`]}
            onChange={(value) =>
              setValues((before) =>
                before.map((each) => (each.metric === metric ? { ...each, target: Number(value) } : each)),
              )
            }
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Set
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
