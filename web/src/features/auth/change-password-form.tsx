import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answerOf, api } from '@/lib/api/client';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import { setMe, useMe } from '@/lib/api/session';

const SHORTEST_PASSWORD = 8;

export function ChangePasswordForm({ onDone }: { onDone?: () => void }) {
  const me = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/auth/change-password', { body: { current_password: current, new_password: next } }),
      ),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      setAgain('');
      setMe({ ...me, must_change_password: false });
      onDone?.();
    },
  });
  const refused = fieldErrorsOf(change.error);
  const tooShort = next !== '' && next.length < SHORTEST_PASSWORD;
  const differs = again !== '' && again !== next;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!tooShort && next === again) change.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={380}>
        {change.error && Object.keys(refused).length === 0 && (
          <Alert color="red" role="alert">
            {messageOf(change.error)}
          </Alert>
        )}
        <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          error={refused['current_password']}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description={`At least ${SHORTEST_PASSWORD} characters; a few words are good.`}
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={next}
          error={refused['new_password'] ?? (tooShort && `At least ${SHORTEST_PASSWORD} characters`)}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password again"
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={again}
          error={differs && 'This differs from the new password'}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        <Button type="submit" loading={change.isPending} style={{ alignSelf: 'flex-start' }}>
          Change password
        </Button>
      </Stack>
    </form>
  );
}
