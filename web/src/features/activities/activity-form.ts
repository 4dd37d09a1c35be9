import type { ActivityResponse, CreateActivityDto } from '@/lib/api/schema';
import type { ActivityOutcome } from '@/lib/domain';
import { toLocalInput } from '@/lib/follow-up';
import { words } from '@/lib/format';

export type Kind = ActivityResponse['activity_type'];

export interface Form {
  kind: Kind;
  subject: string;
  outcome: ActivityOutcome | null;
  minutes: number | string;
  notes: string;
  /** When to get in touch again, or when a task is due. */
  next: string;
}

const TALKED: readonly ActivityOutcome[] = ['connected', 'voicemail', 'no_answer', 'busy'];
const HELD: readonly ActivityOutcome[] = ['completed', 'cancelled'];

export const OUTCOMES: Readonly<Record<Kind, readonly ActivityOutcome[]>> = {
  call: TALKED,
  follow_up: TALKED,
  email: [],
  meeting: HELD,
  demo: HELD,
  note: [],
  task: [],
  proposal: [],
};

export const takesMinutes = (kind: Kind): boolean => ['call', 'meeting', 'demo', 'follow_up'].includes(kind);

export const NAMES: Readonly<Record<Kind, string>> = {
  call: 'Call',
  email: 'E-mail',
  meeting: 'Meeting',
  demo: 'Demo',
  follow_up: 'Follow-up',
  note: 'Note',
  task: 'Task',
  proposal: 'Proposal',
};

/** What an activity is called when nobody says: so that one key is enough. */
export function subjectOf({ kind, subject, outcome }: Form): string {
  return subject.trim() || [NAMES[kind], outcome && words(outcome).toLowerCase()].filter(Boolean).join(', ');
}

export function formOf(activity: ActivityResponse | undefined, kind: Kind): Form {
  return {
    kind: activity?.activity_type ?? kind,
    subject: activity?.subject ?? '',
    outcome: (activity?.outcome as ActivityOutcome | null | undefined) ?? null,
    minutes: activity?.duration_minutes ?? '',
    notes: activity?.description ?? '',
    next: activity?.scheduled_at ? toLocalInput(new Date(activity.scheduled_at)) : '',
  };
}

/** What the API takes of the form, but for the lead; a task lies ahead, anything else is done. */
export function bodyOf(form: Form): Omit<CreateActivityDto, 'lead_id'> {
  return {
    activity_type: form.kind,
    subject: subjectOf(form),
    description: form.notes.trim() || null,
    outcome: form.outcome,
    duration_minutes: form.minutes === '' || !takesMinutes(form.kind) ? null : Number(form.minutes),
    scheduled_at: form.kind === 'task' && form.next ? new Date(form.next).toISOString() : null,
  };
}
