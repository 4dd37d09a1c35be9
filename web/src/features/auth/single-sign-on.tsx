import { Alert, Button, Divider, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { messageOf } from '@/lib/api/problem';
import { keepPlace } from './sign-in-place';

/** @param isOverPage when there is a page behind it that would be lost */
export function SingleSignOn({ isOverPage }: { isOverPage: boolean }) {
  const state = useQuery({
    queryKey: ['single-sign-on'],
    queryFn: () => answerOf(api.GET('/api/v1/auth/single-sign-on')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const leave = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/auth/single-sign-on/start')),
    onSuccess: ({ location }) => {
      keepPlace();
      window.location.assign(location);
    },
  });
  if (!state.data?.enabled) return null;
  return (
    <>
      <Divider label="or" />
      {leave.error && (
        <Alert color="red" variant="light" role="alert" title="You could not be signed in">
          {messageOf(leave.error)}
        </Alert>
      )}
      <Button
        type="button"
        variant="default"
        loading={leave.isPending || leave.isSuccess}
        onClick={() => leave.mutate()}
      >
        Sign in with {state.data.name}
      </Button>
      {isOverPage && (
        <Text size="xs" c="dimmed" ta="center">
          This leaves the page: what you have typed on it is lost.
        </Text>
      )}
    </>
  );
}
