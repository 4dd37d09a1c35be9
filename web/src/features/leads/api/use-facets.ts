import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { LeadFacetsResponse } from '@/lib/api/schema';
import { filterOf, type LeadSearch } from '@/lib/lead-search';

export type FacetName = Exclude<keyof LeadFacetsResponse, 'is_estimate' | 'won_value'>;

type Query = NonNullable<Parameters<typeof api.GET<'/api/v1/leads/facets', never>>[1]>;

/** How many leads there are for each value of each filter; asked for only where it is looked at. */
export function useFacets(search: LeadSearch, isWanted = true) {
  const filter = filterOf(search);
  return useQuery({
    queryKey: ['leads', 'facets', filter],
    queryFn: ({ signal }): Promise<LeadFacetsResponse> =>
      // The address is text; the API reads numbers and flags of text itself.
      answerOf(api.GET('/api/v1/leads/facets', { params: { query: filter } as never, signal } as Query)),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
}
