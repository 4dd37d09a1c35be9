import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { CreateApiKeyDto, CreateWebhookDto, WebhookDeliveryListResponse } from '@/lib/api/schema';
import { queryClient } from '@/lib/query-client';
import { sayDone, sayFailed } from '@/lib/undo';

const KEYS = ['api-keys'];
const WEBHOOKS = ['webhooks'];
/** Deliveries move by themselves, and no event tells of it. */
const LOOK_AGAIN_MS = 5_000;

export function useApiKeys() {
  return useQuery({
    queryKey: KEYS,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/api-keys', { signal })),
  });
}

export function useCreateApiKey() {
  return useMutation({
    mutationFn: (body: CreateApiKeyDto) => answerOf(api.POST('/api/v1/api-keys', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: KEYS }),
  });
}

export function useRevokeApiKey() {
  return useMutation({
    mutationFn: (id: number) => answerOf(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      sayDone('The key is revoked. What used it is refused from now on.');
      return queryClient.invalidateQueries({ queryKey: KEYS });
    },
    onError: sayFailed,
  });
}

export function useWebhooks() {
  return useQuery({
    queryKey: WEBHOOKS,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/webhooks', { signal })),
  });
}

export function useCreateWebhook() {
  return useMutation({
    mutationFn: (body: CreateWebhookDto) => answerOf(api.POST('/api/v1/webhooks', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: WEBHOOKS }),
  });
}

export function useDeleteWebhook() {
  return useMutation({
    mutationFn: (id: number) => answerOf(api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      sayDone('The webhook is removed');
      return queryClient.invalidateQueries({ queryKey: WEBHOOKS });
    },
    onError: sayFailed,
  });
}

export function useDeliveries(id: number) {
  return useInfiniteQuery({
    queryKey: [...WEBHOOKS, id, 'deliveries'],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/webhooks/{id}/deliveries', {
          params: { path: { id }, query: { limit: 25, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: WebhookDeliveryListResponse) => page.next_cursor ?? undefined,
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** Sends again what was given up: some, or all of a webhook. */
export function useReplay(id: number) {
  return useMutation({
    mutationFn: (ids: number[] | 'all') =>
      answerOf(
        api.POST('/api/v1/webhooks/{id}/replay', {
          params: { path: { id } },
          body: ids === 'all' ? {} : { ids },
        }),
      ),
    onSuccess: ({ replayed }) => {
      sayDone(replayed === 1 ? 'One message is sent again' : `${replayed} messages are sent again`);
      return queryClient.invalidateQueries({ queryKey: [...WEBHOOKS, id] });
    },
    onError: sayFailed,
  });
}
