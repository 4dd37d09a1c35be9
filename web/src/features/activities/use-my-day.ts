import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { DueItemResponse, FirstContactDto, MyDayResponse } from '@/lib/api/schema';
import { useLiveEvent } from '@/lib/live/use-live-event';
import { queryClient } from '@/lib/query-client';

const MOST_LEADS = 200;
const A_DAY_MS = 86_400_000;
const EVERY_MS = 300_000;

/** Something to do: what was planned, a follow-up, or a lead that nobody has called yet. */
export interface Todo {
  key: string;
  leadId: number;
  name: string;
  phone: string | null;
  place: string;
  due: DueItemResponse | null;
  firstContact: FirstContactDto | null;
}

export interface TodoGroup {
  title: 'Overdue' | 'Today' | 'First call' | 'Without a time' | 'Tomorrow';
  todos: Todo[];
}

interface Contact {
  phone: string | null;
  place: string;
}

/** The day as the server sees it: what is due, new leads, targets, streak. */
export function useMyDay() {
  return useQuery({
    queryKey: ['my-day', 'day'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/my-day', { signal })),
    refetchInterval: EVERY_MS,
  });
}

/** What is to be done, by urgency, kept up to date while one looks at it. */
export function useTodos() {
  const day = useMyDay();
  const tomorrow = useTomorrow(day.data);
  const contacts = useContacts();
  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: ['my-day'] });
  };
  useLiveEvent('activity.created', refresh);
  useLiveEvent('lead.assigned', refresh);
  useLiveEvent('lead.unassigned', refresh);
  useLiveEvent('lead.status_changed', refresh);
  useLiveEvent('leaderboard.updated', refresh);
  return {
    isPending: day.isPending,
    error: day.error,
    refetch: refresh,
    groups: day.data ? grouped(day.data, tomorrow.data ?? [], contacts.data ?? new Map()) : [],
  };
}

/** What comes after today, until a day later. */
function useTomorrow(day: MyDayResponse | undefined) {
  return useQuery({
    queryKey: ['my-day', 'tomorrow', day?.date],
    queryFn: async ({ signal }) => {
      const until = new Date(Date.now() + 2 * A_DAY_MS).toISOString();
      const due = await answerOf(
        api.GET('/api/v1/activities/due', { params: { query: { until, limit: MOST_LEADS } }, signal }),
      );
      return due.filter(
        ({ due_at }) => due_at !== null && dayAt(due_at, day?.time_zone) === after(day?.date),
      );
    },
    enabled: day !== undefined,
  });
}

/** How to reach one's leads: what is due has no number of its own. */
function useContacts() {
  return useQuery({
    queryKey: ['my-day', 'contacts'],
    queryFn: async ({ signal }) => {
      const query = { assigned_user_id: 'me', sort: 'created_at', limit: MOST_LEADS };
      const { leads } = await answerOf(
        api.GET('/api/v1/leads', { params: { query: query as never }, signal }),
      );
      return new Map<number, Contact>(
        leads.map((lead) => [
          lead.id,
          {
            phone: lead.practice_phone ?? lead.owner_phone,
            place: [lead.city, lead.state].filter(Boolean).join(', '),
          },
        ]),
      );
    },
  });
}

const dayAt = (time: string, zone: string | undefined): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(time));

const after = (date = ''): string =>
  date && new Date(Date.parse(`${date}T00:00:00Z`) + A_DAY_MS).toISOString().slice(0, 10);

function grouped(
  day: MyDayResponse,
  tomorrow: DueItemResponse[],
  contacts: Map<number, Contact>,
): TodoGroup[] {
  const due = day.due.map((item) => todoOf(item, contacts));
  const isTimed = ({ due: item }: Todo) => item !== null && item.due_at !== null;
  const groups: TodoGroup[] = [
    { title: 'Overdue', todos: due.filter(({ due: item }) => item?.is_overdue) },
    { title: 'Today', todos: due.filter((todo) => isTimed(todo) && !todo.due?.is_overdue) },
    { title: 'First call', todos: day.first_contacts_due.map((lead) => firstCall(lead, contacts)) },
    { title: 'Without a time', todos: due.filter((todo) => !isTimed(todo)) },
    { title: 'Tomorrow', todos: tomorrow.map((item) => todoOf(item, contacts)) },
  ];
  return groups.filter(({ todos }) => todos.length > 0);
}

function todoOf(item: DueItemResponse, contacts: Map<number, Contact>): Todo {
  const { phone = null, place = '' } = contacts.get(item.lead_id) ?? {};
  return {
    key: `${item.kind} ${item.activity?.id ?? item.lead_id}`,
    leadId: item.lead_id,
    name: item.practice_name ?? `Lead ${item.lead_id}`,
    phone,
    place,
    due: item,
    firstContact: null,
  };
}

function firstCall(lead: FirstContactDto, contacts: Map<number, Contact>): Todo {
  const contact = contacts.get(lead.lead_id);
  return {
    key: `new ${lead.lead_id}`,
    leadId: lead.lead_id,
    name: lead.practice_name ?? `Lead ${lead.lead_id}`,
    phone: lead.practice_phone ?? contact?.phone ?? null,
    place: contact?.place ?? '',
    due: null,
    firstContact: lead,
  };
}
