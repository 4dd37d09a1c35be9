import { Alert, Anchor, Button, Loader, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { ApiProblem, messageOf } from '@/lib/api/problem';
import { signInBy } from '@/lib/api/session';
import { CodeInput } from './code-input';
import { takePlace } from './sign-in-place';

const PATH = '/api/v1/auth/single-sign-on';
const codeOf = (error: unknown): string => (error instanceof ApiProblem ? error.code : '');

/** What the provider sent somebody back with is used once and then gone from the address, wherever the attempt leads. */
function takeQuery(): string {
  const query = window.location.search.slice(1);
  window.history.replaceState(null, '', takePlace());
  return query;
}

/** Somebody is back from the provider: signs them in, or says why not. */
export function SingleSignOnReturn({ onGiveUp }: { onGiveUp: () => void }) {
  const finish = useMutation({ mutationFn: (query: string) => signInBy(`${PATH}/finish`, { query }) });
  const { mutate, isIdle } = finish;
  useEffect(() => {
    if (isIdle) mutate(takeQuery());
  }, [isIdle, mutate]);
  if (!finish.error) return <Loader type="dots" role="status" aria-label="Signing you in" />;
  if (codeOf(finish.error) === 'second-factor-required') return <CodeForm onGiveUp={onGiveUp} />;
  return (
    <Stack>
      <Alert color="red" variant="light" role="alert" title="You could not be signed in">
        {messageOf(finish.error)}
      </Alert>
      <Button onClick={onGiveUp}>Back to the sign-in</Button>
    </Stack>
  );
}

/** The provider stands for the password; the second factor is Rota's own. */
function CodeForm({ onGiveUp }: { onGiveUp: () => void }) {
  const [code, setCode] = useState('');
  const attempt = useMutation({ mutationFn: () => signInBy(`${PATH}/code`, { code }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {attempt.error && (
          <Alert color="red" variant="light" role="alert" title="You could not be signed in">
            {messageOf(attempt.error)}
          </Alert>
        )}
        <CodeInput value={code} onChange={setCode} />
        <Button type="submit" loading={attempt.isPending}>
          Sign in
        </Button>
        <Text size="sm" ta="center">
          <Anchor component="button" type="button" size="sm" onClick={onGiveUp}>
            Sign in as somebody else
          </Anchor>
        </Text>
      </Stack>
    </form>
  );
}
