import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { ChangeImportDto, ImportResponse } from '@/lib/api/schema';
import { queryClient } from '@/lib/query-client';

const SECOND = 1_000;
const keyOf = (id: number) => ['imports', id];
const isAtWork = (entry: ImportResponse | undefined): boolean =>
  entry !== undefined && ['queued', 'running', 'undoing', 'uploading'].includes(entry.state);

export function useImports() {
  return useQuery({
    queryKey: ['imports', 'list'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/imports', { params: { query: { limit: 50 } }, signal })),
    refetchInterval: ({ state }) => (state.data?.imports.some(isAtWork) ? 2 * SECOND : false),
  });
}

export function useImport(id: number) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/imports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (isAtWork(state.data) ? SECOND : false),
  });
}

/** What would become of the first rows, by the columns and options as they are kept. */
export function usePreview(entry: ImportResponse) {
  return useQuery({
    queryKey: [...keyOf(entry.id), 'preview', entry.mapping, entry.options],
    queryFn: ({ signal }) =>
      answerOf(
        api.POST('/api/v1/imports/{id}/preview', {
          params: { path: { id: entry.id } },
          body: { rows: 20 },
          signal,
        }),
      ),
    placeholderData: (before) => before,
  });
}

function keep(entry: ImportResponse): void {
  queryClient.setQueryData(keyOf(entry.id), entry);
  void queryClient.invalidateQueries({ queryKey: ['imports', 'list'] });
}

export function useChangeImport(id: number) {
  return useMutation({
    mutationFn: (change: ChangeImportDto) =>
      answerOf(api.PATCH('/api/v1/imports/{id}', { params: { path: { id } }, body: change })),
    onSuccess: keep,
  });
}

export type ImportAction = 'start' | 'pause' | 'cancel' | 'release' | 'undo';

export function useImportAction(id: number) {
  return useMutation({
    mutationFn: (action: ImportAction) => {
      const params = { path: { id } };
      if (action === 'undo')
        return answerOf(api.POST('/api/v1/imports/{id}/undo', { params, body: { keep_touched: true } }));
      return answerOf(api.POST(`/api/v1/imports/{id}/${action}`, { params }));
    },
    onSuccess: (entry) => {
      keep(entry);
      void queryClient.invalidateQueries({ queryKey: ['leads'] });
    },
  });
}

export function useDecide(id: number) {
  return useMutation({
    mutationFn: (decision: 'skip' | 'fill' | 'overwrite') =>
      answerOf(api.POST('/api/v1/imports/{id}/questions', { params: { path: { id } }, body: { decision } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['imports'] }),
  });
}
