import { Button, Group, Modal, MultiSelect, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answerOf, api } from '@/lib/api/client';
import { fieldErrorsOf } from '@/lib/api/problem';
import type { CreateContestDto } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { METRIC_NAMES } from '@/lib/board-search';
import { dayFromNow } from '@/lib/days';
import { sayDone, sayFailed } from '@/lib/undo';
import { useTeams } from '../board/board-filters';
import { refreshBoards } from '../use-boards';

const A_WEEK = 6;

/** Announces a contest. Managers announce for their own team. */
export function ContestDialog({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const teams = useTeams();
  const [form, setForm] = useState<CreateContestDto>({
    name: '',
    prize: '',
    metric: 'points',
    entrants: 'agents',
    starts_on: dayFromNow(),
    ends_on: dayFromNow(A_WEEK),
    team_ids: [],
  });
  const set = (change: Partial<CreateContestDto>) => setForm((before) => ({ ...before, ...change }));
  const create = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/gamification/contests', {
          body: {
            ...form,
            prize: form.prize?.trim() || null,
            team_ids: form.team_ids?.length ? form.team_ids : undefined,
          },
        }),
      ),
    onSuccess: ({ name }) => {
      sayDone(`${name} is announced`);
      refreshBoards();
      onClose();
    },
    onError: (error) => Object.keys(fieldErrorsOf(error)).length === 0 && sayFailed(error),
  });
  const refused = fieldErrorsOf(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Modal opened onClose={onClose} title="New contest">
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label="Name"
            placeholder="November sprint"
            required
            maxLength={100}
            data-autofocus
            value={form.name}
            error={refused['name']}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label="Prize"
            placeholder="Dinner for two"
            maxLength={200}
            value={form.prize ?? ''}
            error={refused['prize']}
            onChange={(event) => set({ prize: event.currentTarget.value })}
          />
          <Group grow align="flex-start">
            <Select
              label="What counts"
              data={Object.entries(METRIC_NAMES).map(([value, label]) => ({ value, label }))}
              value={form.metric}
              allowDeselect={false}
              error={refused['metric']}
              onChange={(metric) => set({ metric: (metric ?? 'points') as CreateContestDto['metric'] })}
            />
            {me.role === 'admin' && (
              <Stack gap={3}>
                <span id="who-competes" style={{ fontSize: 14, fontWeight: 500 }}>
                  Who competes
                </span>
                <SegmentedControl
                  aria-labelledby="who-competes"
                  data={[
                    { value: 'agents', label: 'Agents' },
                    { value: 'teams', label: 'Teams' },
                  ]}
                  value={form.entrants}
                  onChange={(entrants) => set({ entrants: entrants as CreateContestDto['entrants'] })}
                />
              </Stack>
            )}
          </Group>
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label="First day"
              value={form.starts_on}
              error={refused['starts_on']}
              onChange={(event) => set({ starts_on: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="Last day"
              value={form.ends_on}
              error={refused['ends_on']}
              onChange={(event) => set({ ends_on: event.currentTarget.value })}
            />
          </Group>
          {me.role === 'admin' && (
            <MultiSelect
              label="Teams"
              placeholder={form.team_ids?.length ? undefined : 'Every team'}
              data={teams}
              value={form.team_ids?.map(String) ?? []}
              error={refused['team_ids']}
              onChange={(ids) => set({ team_ids: ids.map(Number) })}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Announce
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
