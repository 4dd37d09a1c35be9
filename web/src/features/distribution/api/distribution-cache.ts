import { queryClient } from '@/lib/query-client';

/** What is loaded about the distribution is asked for again, and whatever shows who has which lead. */
export function reloadDistribution(): void {
  void queryClient.invalidateQueries({ queryKey: ['distribution'] });
}

export function reloadOwners(): void {
  reloadDistribution();
  for (const queryKey of [['leads'], ['lead'], ['lead-history'], ['lead-assignments']])
    void queryClient.invalidateQueries({ queryKey });
}
