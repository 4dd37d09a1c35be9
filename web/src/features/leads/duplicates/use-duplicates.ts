import { type InfiniteData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { MergeDto, PairResponse, PairsResponse } from '@/lib/api/schema';
import { queryClient } from '@/lib/query-client';
import { offerUndo, sayDone, sayFailed } from '@/lib/undo';
import { reloadLists } from '../api/lead-cache';

const QUEUE = ['leads', 'found', 'duplicates', 'queue'];
const PAGE_SIZE = 25;

/** Pairs that wait for a decision, the likeliest first. */
export function useDuplicateQueue() {
  return useInfiniteQuery({
    queryKey: QUEUE,
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/duplicates', {
          params: { query: { limit: PAGE_SIZE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PairsResponse) => page.next_cursor ?? undefined,
  });
}

/** What a lead may be as well. */
export function useDuplicatesOf(id: number) {
  return useQuery({
    queryKey: ['leads', 'found', 'duplicates', 'of', id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/leads/{id}/duplicates', { params: { path: { id } }, signal })),
  });
}

/** What was merged into a lead and can be taken apart again. */
export function usePastMerges(id: number, isLeader: boolean) {
  return useQuery({
    queryKey: ['lead-merges', id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/leads/{id}/merges', { params: { path: { id } }, signal })),
    enabled: isLeader,
  });
}

/** Two leads are different practices; the pair leaves the queue at once. */
export function useDismiss() {
  return useMutation({
    mutationFn: (ids: [number, number]) =>
      answerOf(api.POST('/api/v1/duplicates/dismiss', { body: { lead_ids: ids } })),
    onSuccess: (_, ids) => {
      dropPair(ids);
      offerUndo('They are two practices', async () => {
        await answerOf(api.POST('/api/v1/duplicates/reopen', { body: { lead_ids: ids } }));
        forgetFound();
      });
    },
    onError: sayFailed,
  });
}

interface Merge extends MergeDto {
  survivorId: number;
}

export function useMerge() {
  return useMutation({
    mutationFn: ({ survivorId, ...body }: Merge) =>
      answerOf(api.POST('/api/v1/leads/{id}/merge', { params: { path: { id: survivorId } }, body })),
    onSuccess: ({ merge_id }, { lead_ids }) => {
      forgetLeads();
      offerUndo(`${lead_ids.length + 1} leads are one now`, () => undoMerge(merge_id));
    },
  });
}

export function useUndoMerge() {
  return useMutation({
    mutationFn: undoMerge,
    onSuccess: () => sayDone('They are separate leads again'),
    onError: sayFailed,
  });
}

async function undoMerge(id: number): Promise<void> {
  await answerOf(api.POST('/api/v1/merges/{id}/undo', { params: { path: { id } } }));
  forgetLeads();
}

export function useScan() {
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/duplicates/scan')),
    onSuccess: () => sayDone('All leads are looked through; pairs come up here as they are found'),
    onError: sayFailed,
  });
}

export const isPairOf =
  (ids: readonly number[]) =>
  ({ leads }: PairResponse): boolean =>
    leads.every(({ id }) => ids.includes(id));

function dropPair(ids: readonly number[]): void {
  queryClient.setQueryData<InfiniteData<PairsResponse>>(
    QUEUE,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          pairs: page.pairs.filter((pair) => !isPairOf(ids)(pair)),
        })),
      },
  );
  void queryClient.invalidateQueries({ queryKey: ['leads', 'found', 'duplicates', 'of'] });
}

function forgetFound(): void {
  void queryClient.invalidateQueries({ queryKey: ['leads', 'found'] });
}

/** Activities, history and fields of several leads changed at once. */
function forgetLeads(): void {
  forgetFound();
  reloadLists();
  for (const key of ['lead-history', 'lead-merges', 'timeline'])
    void queryClient.invalidateQueries({ queryKey: [key] });
}
