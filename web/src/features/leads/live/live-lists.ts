import type { InfiniteData, Query } from '@tanstack/react-query';
import type { LeadListResponse, LeadResponse } from '@/lib/api/schema';
import type { LeadSearch } from '@/lib/lead-search';
import { queryClient } from '@/lib/query-client';
import { createStore } from '@/lib/store';

type Pages = InfiniteData<LeadListResponse>;

const LISTS = ['leads', 'list'];
/** Pages that are loaded anew without asking; of more, whoever looks is told that there is something new. */
const PAGES_AT_MOST = 3;
/** Between two times of loading anew, so that much going on costs the server little. */
const REST_MS = 4_000;
const GATHER_MS = 250;

/** Whether a long list on show has leads missing or too many, until it is loaded anew. */
export const listIsBehind = createStore(false);

/** Shows a lead in the lists as it is now, where it stands. */
export function replaceInLists(lead: LeadResponse): void {
  changeLeads((leads) =>
    leads.map((other) => (other.id === lead.id && other.version < lead.version ? lead : other)),
  );
}

export function takeOutOfLists(id: number): void {
  changeLeads((leads) => leads.filter((lead) => lead.id !== id));
}

/** On the board: takes a card out of the column where it was and puts it first into that of its status. */
export function moveCard(lead: LeadResponse): void {
  const columns = lists().filter((query) => statusOf(query) !== undefined);
  for (const from of columns) {
    if (statusOf(from) === lead.status || !leadsOf(from).some(({ id }) => id === lead.id)) continue;
    const to = columns.find((query) => statusOf(query) === lead.status && isBeside(query, from));
    changeQuery(from, (leads) => leads.filter(({ id }) => id !== lead.id));
    if (to && !leadsOf(to).some(({ id }) => id === lead.id))
      changeQuery(to, (leads) => [lead, ...leads], true);
  }
}

let timer: ReturnType<typeof setTimeout> | undefined;
let loadedAt = 0;

/** Leads may belong to a list that has them not, or the other way round: loads what is on show anew, in a moment. */
export function refreshLists(): void {
  void queryClient.invalidateQueries({ queryKey: LISTS, refetchType: 'none' });
  if (timer === undefined) timer = setTimeout(refresh, Math.max(GATHER_MS, loadedAt + REST_MS - Date.now()));
}

function refresh(): void {
  timer = undefined;
  // A hidden window loads when it is looked at; an edit that is under way would be shown as it was before.
  if (document.hidden || queryClient.isMutating() > 0) {
    timer = setTimeout(refresh, REST_MS);
    return;
  }
  loadedAt = Date.now();
  const isLong = (query: Query) =>
    ((query.state.data as Pages | undefined)?.pages.length ?? 0) > PAGES_AT_MOST;
  if (lists().some((query) => query.isActive() && isLong(query))) listIsBehind.set(true);
  void queryClient.refetchQueries({ queryKey: LISTS, type: 'active', predicate: (query) => !isLong(query) });
}

/** Loads the lists on show from their beginning. */
export function catchUpLists(): void {
  listIsBehind.set(false);
  void queryClient.resetQueries({ queryKey: LISTS });
}

const lists = (): Query[] => queryClient.getQueryCache().findAll({ queryKey: LISTS });

const leadsOf = (query: Query): LeadResponse[] =>
  (query.state.data as Pages | undefined)?.pages.flatMap((page) => page.leads) ?? [];

/** Of a column of the board: the one status that it shows. */
function statusOf(query: Query): string | undefined {
  const { status } = query.queryKey[2] as LeadSearch;
  return status?.includes(',') ? undefined : status;
}

/** Two columns of the same board. */
function isBeside(left: Query, right: Query): boolean {
  const searchOf = ({ queryKey }: Query) => JSON.stringify({ ...(queryKey[2] as LeadSearch), status: '' });
  return searchOf(left) === searchOf(right) && left.queryKey[3] === right.queryKey[3];
}

function changeLeads(change: (leads: LeadResponse[]) => LeadResponse[]): void {
  for (const query of lists()) changeQuery(query, change);
}

/** @param isFirstOnly whether only the first page is changed */
function changeQuery(
  query: Query,
  change: (leads: LeadResponse[]) => LeadResponse[],
  isFirstOnly = false,
): void {
  const data = query.state.data as Pages | undefined;
  if (!data) return;
  const leads = data.pages.map((page, index) => (isFirstOnly && index > 0 ? page.leads : change(page.leads)));
  const more = leads.flat().length - leadsOf(query).length;
  if (more === 0 && leads.flat().every((lead, index) => lead === leadsOf(query)[index])) return;
  const pages = data.pages.map((page, index) => ({
    ...page,
    leads: leads[index] ?? page.leads,
    total: Math.max(0, page.total + more),
  }));
  queryClient.setQueryData(query.queryKey, { ...data, pages }, { updatedAt: query.state.dataUpdatedAt });
}
