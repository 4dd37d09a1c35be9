import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { queryClient } from '@/lib/query-client';

const KEY = ['second-factor'];
const reload = () => {
  void queryClient.invalidateQueries({ queryKey: KEY });
  void queryClient.invalidateQueries({ queryKey: ['sessions'] });
};

interface PasswordAndCode {
  current_password: string;
  code: string;
}

export function useSecondFactor() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/auth/second-factor', { signal })),
  });
}

export function useEnrol() {
  return useMutation({
    mutationFn: (password: string) =>
      answerOf(api.POST('/api/v1/auth/second-factor/enrol', { body: { current_password: password } })),
  });
}

export function useConfirm() {
  return useMutation({
    mutationFn: (code: string) =>
      answerOf(api.POST('/api/v1/auth/second-factor/confirm', { body: { code } })),
    onSuccess: reload,
  });
}

export function useRenewCodes() {
  return useMutation({
    mutationFn: (body: PasswordAndCode) =>
      answerOf(api.POST('/api/v1/auth/second-factor/recovery-codes', { body })),
    onSuccess: reload,
  });
}

export function useDisable() {
  return useMutation({
    mutationFn: (body: PasswordAndCode) => answerOf(api.POST('/api/v1/auth/second-factor/disable', { body })),
    onSuccess: reload,
  });
}
