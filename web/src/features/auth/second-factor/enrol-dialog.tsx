import { Alert, Box, Button, Code, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { renderSVG } from 'uqr';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import { RecoveryCodes } from './recovery-codes';
import { useConfirm, useEnrol } from './use-second-factor';

/** Password, then the app's secret and its first code, then recovery codes. */
export function EnrolDialog({ onClose }: { onClose: () => void }) {
  const enrol = useEnrol();
  const confirm = useConfirm();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const send = (act: () => void) => (event: FormEvent) => {
    event.preventDefault();
    act();
  };
  return (
    <Modal opened onClose={onClose} title="Turn a second factor on" size="md" closeOnClickOutside={false}>
      {confirm.data ? (
        <RecoveryCodes codes={confirm.data.recovery_codes} onDone={onClose} />
      ) : enrol.data ? (
        <form onSubmit={send(() => confirm.mutate(code))}>
          <Stack>
            <Text size="sm">
              Scan this with an authenticator app, or type the key into it, and enter the code that it shows.
            </Text>
            <QrCode text={enrol.data.otpauth_url} />
            <Code block aria-label="Key" ta="center">
              {enrol.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}
            </Code>
            <Refusal error={confirm.error} field="code" />
            <TextInput
              label="Code"
              autoComplete="one-time-code"
              inputMode="numeric"
              required
              withAsterisk={false}
              autoFocus
              value={code}
              error={fieldErrorsOf(confirm.error)['code']}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <Button type="submit" loading={confirm.isPending} style={{ alignSelf: 'flex-end' }}>
              Turn on
            </Button>
          </Stack>
        </form>
      ) : (
        <form onSubmit={send(() => enrol.mutate(password))}>
          <Stack>
            <Refusal error={enrol.error} field="current_password" />
            <PasswordInput
              label="Your password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              data-autofocus
              value={password}
              error={fieldErrorsOf(enrol.error)['current_password']}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={enrol.isPending} style={{ alignSelf: 'flex-end' }}>
              Continue
            </Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** What no field is to blame for. */
function Refusal({ error, field }: { error: unknown; field: string }) {
  if (error === null || fieldErrorsOf(error)[field]) return null;
  return (
    <Alert color="red" role="alert">
      {messageOf(error)}
    </Alert>
  );
}

/** Dark on light in every theme: cameras read it so. */
function QrCode({ text }: { text: string }) {
  const source = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2 }))}`,
    [text],
  );
  return (
    <Box ta="center">
      <img src={source} width={190} height={190} alt="QR code of the key below" />
    </Box>
  );
}
