import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { CreateUserDto, UpdateUserDto, UserResponse } from '@/lib/api/schema';
import { queryClient } from '@/lib/query-client';

const reload = () => {
  void queryClient.invalidateQueries({ queryKey: ['users'] });
  void queryClient.invalidateQueries({ queryKey: ['team'] });
};

export function useSaveUser() {
  return useMutation({
    mutationFn: ({
      id,
      fields,
    }: {
      id: number | null;
      fields: CreateUserDto | UpdateUserDto;
    }): Promise<UserResponse> =>
      id === null
        ? answerOf(api.POST('/api/v1/team/create-user', { body: fields as CreateUserDto }))
        : answerOf(
            api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body: fields as UpdateUserDto }),
          ),
    onSuccess: reload,
  });
}

export function useSetActive() {
  return useMutation({
    mutationFn: ({ id, isActive }: { id: number; isActive: boolean }) =>
      isActive
        ? answerOf(api.POST('/api/v1/users/{id}/activate', { params: { path: { id } } }))
        : answerOf(api.POST('/api/v1/users/{id}/deactivate', { params: { path: { id } } })),
    onSuccess: reload,
  });
}

export function useResetPassword() {
  return useMutation({
    mutationFn: ({ id, password }: { id: number; password: string }) =>
      answerOf(
        api.POST('/api/v1/users/{id}/reset-password', {
          params: { path: { id } },
          body: { new_password: password },
        }),
      ),
  });
}

export function useResetSecondFactor() {
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.POST('/api/v1/users/{id}/reset-second-factor', { params: { path: { id } } })),
  });
}

export function useResetSingleSignOn() {
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.POST('/api/v1/users/{id}/reset-single-sign-on', { params: { path: { id } } })),
  });
}

/** Whether there is an identity provider. */
export function useSingleSignOn() {
  return useQuery({
    queryKey: ['single-sign-on'],
    queryFn: () => answerOf(api.GET('/api/v1/auth/single-sign-on')),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useEraseUser() {
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(
        api.POST('/api/v1/users/{id}/erase', { params: { path: { id } }, body: { confirm: 'erase' } }),
      ),
    onSuccess: reload,
  });
}

export function useMoveAgent() {
  return useMutation({
    mutationFn: ({ id, managerId }: { id: number; managerId: number | null }) =>
      managerId === null
        ? answerOf(api.DELETE('/api/v1/team/remove-agent/{agent_id}', { params: { path: { agent_id: id } } }))
        : answerOf(
            api.PUT('/api/v1/team/assign-agent/{agent_id}', {
              params: { path: { agent_id: id }, query: { manager_id: managerId } },
            }),
          ),
    onSuccess: reload,
  });
}

export function useMyTeam(enabled: boolean) {
  return useQuery({
    queryKey: ['team', 'mine'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/team/my-team', { signal })),
    enabled,
  });
}

export function useManagers(enabled: boolean) {
  return useQuery({
    queryKey: ['team', 'managers'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/team/all-managers', { signal })),
    enabled,
  });
}
