export const ActivityType = {
  CALL: 'call',
  EMAIL: 'email',
  MEETING: 'meeting',
  DEMO: 'demo',
  FOLLOW_UP: 'follow_up',
  NOTE: 'note',
  TASK: 'task',
  PROPOSAL: 'proposal',
} as const;
export type ActivityType = (typeof ActivityType)[keyof typeof ActivityType];

/** Those by which somebody reaches out to a practice: notes, tasks and proposals are no contact. */
export const CONTACT_TYPES: readonly ActivityType[] = ['call', 'email', 'meeting', 'demo', 'follow_up'];
