export const ActivityOutcome = {
  CONNECTED: 'connected',
  VOICEMAIL: 'voicemail',
  NO_ANSWER: 'no_answer',
  BUSY: 'busy',
  SCHEDULED: 'scheduled',
  COMPLETED: 'completed',
  CANCELLED: 'cancelled',
} as const;
export type ActivityOutcome = (typeof ActivityOutcome)[keyof typeof ActivityOutcome];

/** Of a contact that got through to nobody. */
export const UNANSWERED_OUTCOMES: readonly ActivityOutcome[] = ['voicemail', 'no_answer', 'busy'];
