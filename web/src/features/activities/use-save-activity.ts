import { useMutation } from '@tanstack/react-query';
import { type ActivityStart, logActivity, refreshAfterActivity, undoActivity } from '@/lib/activity-log';
import { answerOf, api } from '@/lib/api/client';
import { fieldErrorsOf } from '@/lib/api/problem';
import type { ActivityResponse } from '@/lib/api/schema';
import { offerUndo, sayDone, sayFailed } from '@/lib/undo';
import { bodyOf, type Form, subjectOf } from './activity-form';

interface Saved {
  leadId: number;
  logged: ActivityResponse[];
}

/** Logs, corrects or completes an activity, and plans the next one with it. */
export function useSaveActivity(start: ActivityStart, onSaved: () => void) {
  return useMutation({
    mutationFn: async ({ form, leadId }: { form: Form; leadId: number }): Promise<Saved> => {
      const { plan, edited } = start;
      if (edited) {
        await answerOf(
          api.PATCH('/api/v1/activities/{id}', {
            params: { path: { id: edited.id } },
            body: { ...bodyOf(form), scheduled_at: edited.scheduled_at },
          }),
        );
        return { leadId, logged: [] };
      }
      if (plan) await complete(plan.id, form);
      const logged = plan ? [] : [await logActivity({ ...bodyOf(form), lead_id: leadId })];
      if (form.kind !== 'task' && form.next) {
        const subject = `Follow up: ${subjectOf(form)}`.slice(0, 200);
        const scheduled_at = new Date(form.next).toISOString();
        logged.push(
          await logActivity({ lead_id: leadId, activity_type: 'follow_up', subject, scheduled_at }),
        );
      }
      return { leadId, logged };
    },
    onSuccess: ({ leadId, logged }) => {
      onSaved();
      if (logged.length === 0) sayDone(start.edited ? 'Activity changed' : 'Done');
      else
        offerUndo('Activity logged', async () => {
          for (const { id } of logged) await undoActivity(id);
          refreshAfterActivity(leadId);
        });
    },
    onError: (error) => Object.keys(fieldErrorsOf(error)).length === 0 && sayFailed(error),
    // Of two writes the first may have been made.
    onSettled: (_, __, { leadId }) => refreshAfterActivity(leadId),
  });
}

function complete(id: number, form: Form): Promise<ActivityResponse> {
  const { outcome, duration_minutes, description } = bodyOf(form);
  return answerOf(
    api.POST('/api/v1/activities/{id}/complete', {
      params: { path: { id } },
      body: { outcome: outcome ?? undefined, duration_minutes, description },
    }),
  );
}
