import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answerOf, api } from '@/lib/api/client';
import { fieldErrorsOf } from '@/lib/api/problem';
import { useMe } from '@/lib/api/session';
import { sayDone, sayFailed } from '@/lib/undo';
import { refreshBoards, useStandings } from '../use-boards';

const LONGEST = 280;

interface KudosDialogProps {
  /** Asked for when it is not known. */
  to?: { id: number; name: string };
  onClose: () => void;
}

export function KudosDialog({ to, onClose }: KudosDialogProps) {
  const me = useMe();
  const { data: agents = [] } = useStandings();
  const [person, setPerson] = useState(to ? String(to.id) : null);
  const [message, setMessage] = useState('');
  const give = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/gamification/kudos', {
          body: { to_user_id: Number(person), message: message.trim() },
        }),
      ),
    onSuccess: ({ to: thanked }) => {
      sayDone(`Kudos given to ${thanked.full_name}`);
      refreshBoards();
      onClose();
    },
    onError: (error) => Object.keys(fieldErrorsOf(error)).length === 0 && sayFailed(error),
  });
  const refused = fieldErrorsOf(give.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (person && message.trim()) give.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={to ? `Kudos for ${to.name}` : 'Give kudos'}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {!to && (
            <Select
              label="Who?"
              searchable
              data-autofocus
              data={agents
                .filter(({ user_id }) => user_id !== me.id)
                .map(({ user_id, full_name }) => ({ value: String(user_id), label: full_name }))}
              value={person}
              onChange={setPerson}
              error={refused['to_user_id']}
            />
          )}
          <Textarea
            label="What for?"
            description={`Everybody sees it. ${LONGEST - message.length} letters left.`}
            autosize
            minRows={3}
            maxLength={LONGEST}
            data-autofocus={to ? true : undefined}
            value={message}
            error={refused['message'] ?? (to && refused['to_user_id'])}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={give.isPending} disabled={!person || !message.trim()}>
              Give
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
