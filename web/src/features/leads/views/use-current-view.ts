import { useEffect } from 'react';
import type { ViewResponse } from '@/lib/api/schema';
import type { LeadSearch } from '@/lib/lead-search';
import { firstView } from '@/lib/settings';
import { useStore } from '@/lib/store';
import { useViews } from './use-views';
import { searchOfView } from './view-settings';

/**
 * The views, and the one on show. An address that says nothing shows the view that its reader wants to see first.
 *
 * @returns isStarting as long as it is not known which one that is
 */
export function useCurrentView(search: LeadSearch, onShow: (search: LeadSearch) => void) {
  const { data: views = [], isPending } = useViews();
  const first = useStore(firstView);
  const isBare = Object.keys(search).length === 0;
  const wanted = isBare && first !== null ? views.find(({ id }) => id === first) : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that the address says nothing
  useEffect(() => {
    if (wanted) onShow(searchOfView(wanted));
  }, [wanted?.id]);
  const current: ViewResponse | undefined = views.find(({ id }) => String(id) === search.view);
  const isStarting = isBare && first !== null && (isPending || wanted !== undefined);
  return { views, current, isStarting };
}
