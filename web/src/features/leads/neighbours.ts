import { useEffect } from 'react';
import type { LeadSearch } from '@/lib/lead-search';
import { createStore } from '@/lib/store';
import { useLeadList } from './api/use-lead-list';

/** The list that was last looked at: what "previous" and "next" on the page of a lead mean. */
export const lastSearch = createStore<LeadSearch>({});

/** The leads before and after one in the last list, as far as it is loaded; loads on near its end. */
export function useNeighbours(id: number) {
  const list = useLeadList(lastSearch.get());
  const index = list.leads.findIndex((lead) => lead.id === id);
  const { fetchNextPage } = list;
  const isNearEnd =
    index !== -1 && index === list.leads.length - 1 && list.hasNextPage && !list.isFetchingNextPage;
  useEffect(() => {
    if (isNearEnd) void fetchNextPage();
  }, [isNearEnd, fetchNextPage]);
  if (index === -1) return { position: null, total: list.total, previous: undefined, next: undefined };
  return {
    position: index + 1,
    total: list.total,
    previous: list.leads[index - 1]?.id,
    next: list.leads[index + 1]?.id,
  };
}
