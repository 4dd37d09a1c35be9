import { QueryClient } from '@tanstack/react-query';
import { ApiProblem, Unreachable } from './api/problem';
import { session } from './api/session';

const HALF_A_MINUTE = 30_000;

/** What has been loaded. Refusals are final; an absent server is asked again once it is back. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: HALF_A_MINUTE,
      retry: (failures, error) =>
        error instanceof Unreachable || (error instanceof ApiProblem && error.status === 503 && failures < 5),
      retryDelay: 1_000,
    },
    mutations: { networkMode: 'always' },
  },
});

// What one person has loaded is nothing for the next.
session.subscribe(() => {
  if (session.get().status === 'signed-out') queryClient.clear();
});
