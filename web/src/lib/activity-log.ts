import { answerOf, api } from './api/client';
import type { ActivityResponse, CreateActivityDto } from './api/schema';
import type { LeadRef } from './current-lead';
import { queryClient } from './query-client';
import { createStore } from './store';

/** What the dialog that logs an activity begins with. */
export interface ActivityStart {
  /** Asked for when it is not known. */
  lead: LeadRef | null;
  type?: ActivityResponse['activity_type'];
  /** Something planned that was done. */
  plan?: ActivityResponse;
  /** Something logged a moment ago that is to be corrected. */
  edited?: ActivityResponse;
}

/** Opened from anywhere; null while closed. */
export const activityDialog = createStore<ActivityStart | null>(null);

/** How long one can correct or take back what one has logged. */
const CHANGEABLE_MS = 15 * 60_000;

export function isChangeable(activity: ActivityResponse, userId: number, now = Date.now()): boolean {
  return activity.user_id === userId && now - Date.parse(activity.created_at) < CHANGEABLE_MS;
}

export function logActivity(body: CreateActivityDto): Promise<ActivityResponse> {
  return answerOf(api.POST('/api/v1/activities', { body }));
}

export function undoActivity(id: number): Promise<unknown> {
  return answerOf(api.DELETE('/api/v1/activities/{id}', { params: { path: { id } } }));
}

/** Moves what is planned to another time. */
export function reschedule(id: number, time: string): Promise<ActivityResponse> {
  return answerOf(
    api.PATCH('/api/v1/activities/{id}', { params: { path: { id } }, body: { scheduled_at: time } }),
  );
}

/** Loads anew what an activity changes: the lead's contact figures, its timeline, the day, points. */
export function refreshAfterActivity(leadId: number): void {
  for (const key of [['lead', leadId], ['timeline', leadId], ['my-day'], ['profile'], ['ledger']]) {
    void queryClient.invalidateQueries({ queryKey: key });
  }
  // Lists keep their place; they are asked for anew when one comes back to them.
  void queryClient.invalidateQueries({ queryKey: ['leads', 'list'], refetchType: 'none' });
}
