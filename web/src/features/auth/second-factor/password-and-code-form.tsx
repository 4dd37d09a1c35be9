import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';

interface PasswordAndCodeFormProps {
  submit: string;
  error: unknown;
  isPending: boolean;
  onSubmit: (body: { current_password: string; code: string }) => void;
}

/** For what takes more than being signed in. */
export function PasswordAndCodeForm({ submit, error, isPending, onSubmit }: PasswordAndCodeFormProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const refused = fieldErrorsOf(error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ current_password: password, code });
  };
  return (
    <form onSubmit={send}>
      <Stack>
        {error !== null && Object.keys(refused).length === 0 && (
          <Alert color="red" role="alert">
            {messageOf(error)}
          </Alert>
        )}
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          value={password}
          error={refused['current_password']}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TextInput
          label="Code"
          description="From your authenticator app, or a recovery code."
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          value={code}
          error={refused['code']}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={isPending} style={{ alignSelf: 'flex-end' }}>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}
