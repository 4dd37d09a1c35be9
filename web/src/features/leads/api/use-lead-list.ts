import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { answerOf, api } from '@/lib/api/client';
import type { LeadListResponse, LeadResponse } from '@/lib/api/schema';
import { DEFAULT_SORT, type LeadSearch } from '@/lib/lead-search';

const PAGE_SIZE = 100;

type Query = NonNullable<Parameters<typeof api.GET<'/api/v1/leads', never>>[1]>;

export function leadListOptions(search: LeadSearch, pageSize = PAGE_SIZE) {
  return infiniteQueryOptions({
    queryKey: ['leads', 'list', search, pageSize],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/leads', {
          // The address is text; the API reads numbers and flags of text itself.
          params: { query: { sort: DEFAULT_SORT, ...search, limit: pageSize, cursor: pageParam } } as never,
          signal,
        } as Query),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: LeadListResponse) => page.next_cursor ?? undefined,
    // Hundreds of pages are not asked for again because a window came to the front.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
}

/** A list of leads that grows as one scrolls. */
export function useLeadList({ view: _, ...search }: LeadSearch, pageSize?: number) {
  // While one types, the list before stays until the next is there: nothing flickers.
  const query = useInfiniteQuery({ ...leadListOptions(search, pageSize), placeholderData: keepPreviousData });
  const leads = useMemo(() => leadsOf(query.data), [query.data]);
  const [first] = query.data?.pages ?? [];
  const hasNextPage = query.hasNextPage && !query.isPlaceholderData;
  return {
    ...query,
    hasNextPage,
    leads,
    total: first?.total ?? 0,
    isEstimate: first?.total_is_estimate ?? false,
  };
}

export function leadsOf(data: InfiniteData<LeadListResponse> | undefined): LeadResponse[] {
  return data?.pages.flatMap((page) => page.leads) ?? [];
}
