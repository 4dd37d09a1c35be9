import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { LeadListResponse } from '@/lib/api/schema';
import { counted } from '@/lib/format';
import { filterOf, type LeadSearch } from '@/lib/lead-search';

type Query = NonNullable<Parameters<typeof api.GET<'/api/v1/leads', never>>[1]>;

/**
 * How many leads a search finds, in words; undefined as long as nobody knows.
 *
 * @param isWanted counts are asked for only where they are looked at
 */
export function useResultCount(search: LeadSearch, isWanted: boolean): string | undefined {
  const filter = filterOf(search);
  const { data } = useQuery({
    queryKey: ['leads', 'found', 'count', filter],
    queryFn: ({ signal }): Promise<LeadListResponse> =>
      // The address is text; the API reads numbers and flags of text itself.
      answerOf(
        api.GET('/api/v1/leads', { params: { query: { ...filter, limit: 1 } } as never, signal } as Query),
      ),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
  return data && `${data.total_is_estimate ? 'about ' : ''}${counted(data.total, 'lead')}`;
}
