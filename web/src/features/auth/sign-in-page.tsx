import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Logo } from '@/components/logo';
import { SignInForm } from './sign-in-form';

const SingleSignOnReturn = lazy(async () => ({
  default: (await import('./single-sign-on-return')).SingleSignOnReturn,
}));

/** Where the provider of single sign-on sends people back to. */
const isCallback = () => window.location.pathname === '/sign-in/callback';

export function SignInPage() {
  const [isBack, setIsBack] = useState(isCallback);
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
          {isBack ? (
            <Suspense>
              <SingleSignOnReturn onGiveUp={() => setIsBack(false)} />
            </Suspense>
          ) : (
            <SignInForm />
          )}
        </Paper>
      </Stack>
    </Center>
  );
}
