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
