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
