import { Anchor, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { signOut } from '@/lib/api/session';
import { ChangePasswordForm } from './change-password-form';

/** For somebody whose password was set by another person. */
export function ForcedPasswordPage() {
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={420}>
        <Title order={1} size="h2">
          Choose your own password
        </Title>
        <Text size="sm" c="dimmed">
          Somebody else set the one you have. Nobody but you should know the next.
        </Text>
        <Paper withBorder p="lg" radius="md">
          <ChangePasswordForm />
        </Paper>
        <Anchor component="button" type="button" size="sm" onClick={() => void signOut()}>
          Sign out
        </Anchor>
      </Stack>
    </Center>
  );
}
