import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { NotificationListResponse, NotificationResponse } from '@/lib/api/schema';
import { onLiveEvent } from '@/lib/live/events';
import { queryClient } from '@/lib/query-client';
import { sayFailed } from '@/lib/undo';

const KEY = ['notifications'];
const PAGE_SIZE = 30;
const LATEST = 8;

/** Shows notifications as they come. To be called once. */
export function keepNotificationsLive(): void {
  onLiveEvent('notification', () => void queryClient.invalidateQueries({ queryKey: KEY }));
}

/** The latest, and how many are unread. */
export function useLatestNotifications() {
  return useQuery({
    queryKey: [...KEY, 'latest'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/notifications', { params: { query: { limit: LATEST } }, signal })),
  });
}

export function useNotifications(isUnreadOnly: boolean) {
  return useInfiniteQuery({
    queryKey: [...KEY, 'list', isUnreadOnly],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/notifications', {
          params: {
            query: { limit: PAGE_SIZE, cursor: pageParam, ...(isUnreadOnly ? { unread: true } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: NotificationListResponse) => page.next_cursor ?? undefined,
  });
}

/** Marks some as read, or all. */
export function useMarkRead() {
  return useMutation({
    mutationFn: (ids: number[] | 'all') =>
      answerOf(api.POST('/api/v1/notifications/read', { body: ids === 'all' ? {} : { ids } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: KEY }),
    onError: sayFailed,
  });
}

/** Where one goes to see what it is about; undefined when there is no such place. */
export function placeOf({ type, data }: NotificationResponse): { to: string; params?: object } | undefined {
  const leads = Array.isArray(data['lead_ids']) ? (data['lead_ids'] as number[]) : [];
  if (leads.length === 1) return { to: '/leads/$leadId', params: { leadId: String(leads[0]) } };
  if (leads.length > 1) return { to: '/leads' };
  if (type === 'badge_earned') return { to: '/leaderboard' };
  if (type === 'kudos_received') return { to: '/kudos' };
  return undefined;
}
