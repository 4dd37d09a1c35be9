import type { InfiniteData } from '@tanstack/react-query';
import type { LeadListResponse, LeadResponse } from '@/lib/api/schema';
import type { LeadStatus } from '@/lib/domain';
import type { LeadSearch } from '@/lib/lead-search';
import { queryClient } from '@/lib/query-client';

type Pages = InfiniteData<LeadListResponse>;

/** Shows a lead as it is now wherever it is on show, without loading lists anew: one keeps one's place in them. */
export function putLead(lead: LeadResponse): void {
  queryClient.setQueryData(['lead', lead.id], lead);
  changeLists((leads) =>
    leads.map((other) => (other.id === lead.id && other.version <= lead.version ? lead : other)),
  );
  void queryClient.invalidateQueries({ queryKey: ['lead-history', lead.id] });
  void queryClient.invalidateQueries({ queryKey: ['leads', 'found'] });
}

/** Changes leads of the lists without asking the server: before it has answered, or with what it answered. */
export function patchLeads(ids: ReadonlySet<number>, patch: Partial<LeadResponse>): void {
  changeLists((leads) => leads.map((lead) => (ids.has(lead.id) ? { ...lead, ...patch } : lead)));
  for (const id of ids) {
    queryClient.setQueryData<LeadResponse>(['lead', id], (lead) => lead && { ...lead, ...patch });
  }
}

export function dropLeads(ids: ReadonlySet<number>): void {
  changeLists((leads) => leads.filter((lead) => !ids.has(lead.id)), ids.size);
}

/** Loads the lists anew, from their beginning. */
export function reloadLists(): void {
  void queryClient.resetQueries({ queryKey: ['leads', 'list'] });
  void queryClient.invalidateQueries({ queryKey: ['lead'] });
}

function changeLists(change: (leads: LeadResponse[]) => LeadResponse[], gone = 0): void {
  queryClient.setQueriesData<Pages>({ queryKey: ['leads', 'list'] }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      leads: change(page.leads),
      total: Math.max(0, page.total - gone),
    }));
    return { ...data, pages };
  });
}

/** A lead of any list that is loaded. */
export function findLead(id: number): LeadResponse | undefined {
  const lists = queryClient.getQueriesData<Pages>({ queryKey: ['leads', 'list'] });
  for (const [, data] of lists) {
    const lead = data?.pages.flatMap(({ leads }) => leads).find((candidate) => candidate.id === id);
    if (lead) return lead;
  }
  return undefined;
}

/** Takes a lead out of the lists that are of its old status only, and puts it first into those of its new one. */
export function moveBetweenColumns(lead: LeadResponse, to: LeadStatus): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: ['leads', 'list'] })) {
    const { status } = query.queryKey[2] as LeadSearch;
    const data = query.state.data as Pages | undefined;
    const [first, ...others] = data?.pages ?? [];
    if (!data || !first || (status !== to && status !== lead.status)) continue;
    const without = [first, ...others].map((page) => ({
      ...page,
      leads: page.leads.filter(({ id }) => id !== lead.id),
      total: status === to ? page.total + 1 : Math.max(0, page.total - 1),
    }));
    if (status === to && without[0]) without[0].leads.unshift({ ...lead, status: to });
    queryClient.setQueryData(query.queryKey, { ...data, pages: without });
  }
}
