import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { NewPolicyDto, NewVersionDto, PolicyResponse } from '@/lib/api/schema';
import { queryClient } from '@/lib/query-client';
import { reloadDistribution } from './distribution-cache';

const LIST = ['distribution', 'policies'] as const;

export function usePolicies() {
  return useQuery({
    queryKey: LIST,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/distribution/policies', { signal })),
  });
}

export function usePolicy(id: number, isWanted = true) {
  return useQuery({
    queryKey: [...LIST, id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/distribution/policies/{id}', { params: { path: { id } }, signal })),
    enabled: isWanted,
  });
}

function keep(policy: PolicyResponse): void {
  queryClient.setQueryData([...LIST, policy.id], policy);
  reloadDistribution();
}

/** @param id null for a new policy */
export function useSavePolicy() {
  return useMutation({
    mutationFn: ({ id, body }: { id: number | null; body: NewPolicyDto | NewVersionDto }) =>
      id === null
        ? answerOf(api.POST('/api/v1/distribution/policies', { body: body as NewPolicyDto }))
        : answerOf(
            api.POST('/api/v1/distribution/policies/{id}/versions', {
              params: { path: { id } },
              body: body as NewVersionDto,
            }),
          ),
    onSuccess: keep,
  });
}

/** What puts a version into force, or takes it out. */
export type PolicyStep =
  | { kind: 'activate'; version: number }
  | { kind: 'schedule'; version: number; at: string }
  | { kind: 'rollback' }
  | { kind: 'deactivate' };

export function usePolicyStep(id: number) {
  const params = { path: { id } };
  return useMutation({
    mutationFn: (step: PolicyStep) => {
      switch (step.kind) {
        case 'activate':
          return answerOf(
            api.POST('/api/v1/distribution/policies/{id}/activate', {
              params,
              body: { version: step.version },
            }),
          );
        case 'schedule':
          return answerOf(
            api.POST('/api/v1/distribution/policies/{id}/schedule', {
              params,
              body: { version: step.version, at: step.at },
            }),
          );
        case 'rollback':
          return answerOf(api.POST('/api/v1/distribution/policies/{id}/rollback', { params }));
        case 'deactivate':
          return answerOf(api.POST('/api/v1/distribution/policies/{id}/deactivate', { params }));
      }
    },
    onSuccess: keep,
  });
}

export function useDeletePolicy() {
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.DELETE('/api/v1/distribution/policies/{id}', { params: { path: { id } } })),
    onSuccess: reloadDistribution,
  });
}
