import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { ApiProblem, messageOf } from '@/lib/api/problem';
import { signIn } from '@/lib/api/session';
import { CodeInput } from './code-input';

const SingleSignOn = lazy(async () => ({ default: (await import('./single-sign-on')).SingleSignOn }));

/** The password was right; the second factor is what lacks. */
const CODE_PROBLEMS = ['second-factor-required', 'wrong-code'];
const codeOf = (error: unknown): string => (error instanceof ApiProblem ? error.code : '');

/** @param username given when somebody who was signed in comes back; it is then not asked for */
export function SignInForm({ username: known }: { username?: string }) {
  const [username, setUsername] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [takesCode, setTakesCode] = useState(false);
  const passwordInput = useRef<HTMLInputElement>(null);
  const codeInput = useRef<HTMLInputElement>(null);
  const attempt = useMutation({
    mutationFn: () => signIn(username, password, takesCode ? code : undefined),
    onError: (error) => {
      const isAboutCode = CODE_PROBLEMS.includes(codeOf(error));
      if (isAboutCode) setTakesCode(true);
      (isAboutCode ? codeInput : passwordInput).current?.select();
    },
  });
  const isAskedForCode = codeOf(attempt.error) === 'second-factor-required';
  const blockedFor = useCountdown(attempt.error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (blockedFor === 0) attempt.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {attempt.error && !isAskedForCode && (
          <Alert color="red" variant="light" role="alert" title={titleOf(attempt.error)}>
            {blockedFor > 0 ? `Try again in ${blockedFor} seconds.` : explanationOf(attempt.error)}
          </Alert>
        )}
        <TextInput
          label="Username or e-mail"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          required
          withAsterisk={false}
          readOnly={known !== undefined}
          autoFocus={known === undefined}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordInput}
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          autoFocus={known !== undefined}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {takesCode && <CodeInput ref={codeInput} value={code} onChange={setCode} />}
        <Button type="submit" loading={attempt.isPending} disabled={blockedFor > 0}>
          {blockedFor > 0 ? `Wait ${blockedFor} s` : 'Sign in'}
        </Button>
        <Suspense>
          <SingleSignOn isOverPage={known !== undefined} />
        </Suspense>
      </Stack>
    </form>
  );
}

function titleOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) return 'Rota is not answering';
  if (error.status === 429) return 'Too many failed attempts';
  if (error.code === 'wrong-code') return 'Wrong code';
  return error.status === 401 ? 'Wrong username or password' : 'You could not be signed in';
}

function explanationOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) return 'Your input is kept; try again in a moment.';
  if (error.status === 429) return 'You can try again now.';
  if (error.code === 'wrong-code') return messageOf(error);
  return error.status === 401 ? 'Check both and try again.' : messageOf(error);
}

/** Whole seconds for which the server wants no further attempt. */
function useCountdown(error: unknown): number {
  const seconds = error instanceof ApiProblem && error.status === 429 ? (error.retryAfter ?? 30) : 0;
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(Date.now());
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal begins anew, also one of the same length
  useEffect(() => setUntil(Date.now() + seconds * 1000), [error]);
  useEffect(() => {
    if (until <= Date.now()) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, Math.ceil((until - Math.max(now, until - seconds * 1000)) / 1000));
}
