import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Logo } from '@/components/logo';
import { SignInForm } from './sign-in-form';

export function SignInPage() {
  useEffect(() => {
    document.title = 'Sign in · Rota';
  }, []);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={380} gap="lg">
        <Stack gap={4} align="center">
          <Logo size={44} />
          <Title order={1} size="h2" mt="xs">
            Sign in to Rota
          </Title>
          <Text size="sm" c="dimmed">
            The lead desk
          </Text>
        </Stack>
        <Paper withBorder p="lg" radius="md">
          <SignInForm />
        </Paper>
      </Stack>
    </Center>
  );
}
