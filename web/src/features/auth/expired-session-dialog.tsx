import { Anchor, Modal, Text } from '@mantine/core';
import { signOut, useSession } from '@/lib/api/session';
import { SignInForm } from './sign-in-form';

/** Over the page, which stays as it is: what was asked for meanwhile goes on after the sign-in. */
export function ExpiredSessionDialog() {
  const { status, user } = useSession();
  return (
    <Modal
      opened={status === 'expired'}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      title="Your session has ended"
      size="sm"
      zIndex={1000}
      centered
    >
      <Text size="sm" c="dimmed" mb="md">
        Sign in again to go on where you were. What you have typed is kept.
      </Text>
      {status === 'expired' && <SignInForm username={user.username} />}
      <Text size="sm" mt="md" ta="center">
        <Anchor component="button" type="button" size="sm" onClick={() => void signOut()}>
          Sign in as somebody else
        </Anchor>
      </Text>
    </Modal>
  );
}
