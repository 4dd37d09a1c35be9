import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';

export interface FairnessPeriod {
  policyId?: number;
  /** ISO 8601. */
  from?: string;
  to?: string;
}

export function useFairness({ policyId, from, to }: FairnessPeriod = {}) {
  return useQuery({
    queryKey: ['distribution', 'fairness', policyId, from, to],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/distribution/fairness', {
          params: { query: { policy_id: policyId, from, to } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
