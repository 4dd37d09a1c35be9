/** When one usually gets in touch again; names for people, times in the reader's zone. */
export const FOLLOW_UPS = ['In an hour', 'Tomorrow', 'In 3 days', 'Next week'] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

const MORNING = 9;
const DAYS: Readonly<Record<Exclude<FollowUp, 'In an hour'>, number>> = {
  Tomorrow: 1,
  'In 3 days': 3,
  'Next week': 7,
};

/** A working day's morning, or an hour from now on the quarter. */
export function followUpTime(choice: FollowUp, now = new Date()): Date {
  const time = new Date(now);
  if (choice === 'In an hour') {
    time.setMinutes(Math.ceil(time.getMinutes() / 15) * 15 + 60, 0, 0);
    return time;
  }
  time.setDate(time.getDate() + DAYS[choice]);
  while (time.getDay() === 0 || time.getDay() === 6) time.setDate(time.getDate() + 1);
  time.setHours(MORNING, 0, 0, 0);
  return time;
}

/** What an input of kind datetime-local holds. */
export function toLocalInput(time: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  const day = `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  return `${day}T${pad(time.getHours())}:${pad(time.getMinutes())}`;
}
