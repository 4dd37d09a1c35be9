import { Button, Center, Loader } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { EmptyState } from '@/components/states';
import { ExpiredSessionDialog } from '@/features/auth/expired-session-dialog';
import { SignInPage } from '@/features/auth/sign-in-page';
import { restoreSession, useSession } from '@/lib/api/session';
import { connection } from '@/lib/connection';
import { useFollowPreferences } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { ConnectionBanner } from './connection-banner';
import { router } from './router';

const ForcedPasswordPage = lazy(async () => ({
  default: (await import('@/features/auth/forced-password-page')).ForcedPasswordPage,
}));

/** What is to be seen depends first on who is signed in; the address stays, so that one comes back to the same place. */
export function App() {
  const { status, user } = useSession();
  useFollowPreferences();
  return (
    <>
      <ConnectionBanner />
      {status === 'starting' && <Starting />}
      {status === 'unreachable' && <Unreachable />}
      {status === 'signed-out' && <SignInPage />}
      {user?.must_change_password && (
        <Suspense fallback={<Starting />}>
          <ForcedPasswordPage />
        </Suspense>
      )}
      {user && !user.must_change_password && <RouterProvider router={router} />}
      <ExpiredSessionDialog />
    </>
  );
}

function Starting() {
  return (
    <Center mih="100dvh" role="status" aria-label="Starting">
      <Loader type="dots" />
    </Center>
  );
}

function Unreachable() {
  const state = useStore(connection);
  useEffect(() => {
    if (state === 'online') void restoreSession();
  }, [state]);
  return (
    <Center mih="100dvh" component="main">
      <EmptyState
        isPage
        title="Rota is not answering"
        icon={<IconCloudOff size={36} stroke={1.4} />}
        action={
          <Button variant="light" onClick={() => void restoreSession()}>
            Try again
          </Button>
        }
      >
        It is asked again by itself until it is back.
      </EmptyState>
    </Center>
  );
}
