import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { LeadStatus } from '@/lib/domain';
import { count } from '@/lib/format';
import type { LeadSearch } from '@/lib/lead-search';
import { useFacets } from '../api/use-facets';

export interface ColumnSum {
  text: string;
  explanation: string;
}

const money = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  maximumFractionDigits: 1,
});

/**
 * What the leads of each column are worth: won ones what they brought, open ones what they may bring, by the share of
 * leads that were won from there and the mean of deals. Nothing where history does not say.
 */
export function useColumnSums({
  status: _,
  ...search
}: LeadSearch): (status: LeadStatus) => ColumnSum | undefined {
  const { data: facets } = useFacets(search);
  const { data: pipeline } = useQuery({
    queryKey: ['pipeline', 'chances'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/analytics/pipeline', { signal })),
    staleTime: 300_000,
  });
  return (status) => {
    if (!facets) return undefined;
    if (status === 'CLOSED_WON') {
      return { text: money.format(facets.won_value), explanation: 'What these deals have brought' };
    }
    const mean = pipeline?.mean_deal_value ?? null;
    const chance = pipeline?.stages.find((stage) => stage.status === status)?.chance ?? null;
    if (mean === null || chance === null) return undefined;
    const leads = facets.status.find(({ value }) => value === status)?.count ?? 0;
    return {
      text: `≈ ${money.format(leads * chance * mean)}`,
      explanation: `Expected: ${count(leads)} leads × ${Math.round(chance * 100)} % won from here × ${money.format(mean)} a deal`,
    };
  };
}
