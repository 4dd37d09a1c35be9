import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { UpdateViewDto, ViewResponse, ViewSettingsDto } from '@/lib/api/schema';
import { queryClient } from '@/lib/query-client';
import { offerUndo, sayDone, sayFailed } from '@/lib/undo';

const KEY = ['views', 'leads'];

export type ViewScope = ViewResponse['scope'];

export interface NewView {
  name: string;
  scope: ViewScope;
  settings: ViewSettingsDto;
}

/** Saved views of the list: one's own, the team's, everybody's. */
export function useViews() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/views', { params: { query: { kind: 'leads' } }, signal })),
    staleTime: 60_000,
  });
}

function create(view: NewView): Promise<ViewResponse> {
  return answerOf(api.POST('/api/v1/views', { body: { ...view, kind: 'leads' } }));
}

const put = (saved: ViewResponse) => {
  queryClient.setQueryData<ViewResponse[]>(KEY, (views = []) =>
    views.some(({ id }) => id === saved.id)
      ? views.map((view) => (view.id === saved.id ? saved : view))
      : [...views, saved],
  );
  void queryClient.invalidateQueries({ queryKey: KEY });
};

export function useCreateView(onDone: (view: ViewResponse) => void) {
  return useMutation({
    mutationFn: create,
    onSuccess: (view) => {
      put(view);
      sayDone(`“${view.name}” is saved`);
      onDone(view);
    },
  });
}

export function useUpdateView(onDone?: (view: ViewResponse) => void) {
  return useMutation({
    mutationFn: ({ id, ...change }: UpdateViewDto & { id: number }) =>
      answerOf(api.PATCH('/api/v1/views/{id}', { params: { path: { id } }, body: change })),
    onSuccess: (view) => {
      put(view);
      onDone?.(view);
    },
    onError: (error) => !onDone && sayFailed(error),
  });
}

/** Taken back, it is a new view with the same name and settings. */
export function useDeleteView() {
  return useMutation({
    mutationFn: ({ id }: ViewResponse) =>
      answerOf(api.DELETE('/api/v1/views/{id}', { params: { path: { id } } })),
    onSuccess: (_, { id, name, scope, settings }) => {
      queryClient.setQueryData<ViewResponse[]>(KEY, (views = []) => views.filter((view) => view.id !== id));
      void queryClient.invalidateQueries({ queryKey: ['preferences'] });
      offerUndo(`“${name}” is deleted`, async () => put(await create({ name, scope, settings })));
    },
    onError: sayFailed,
  });
}
