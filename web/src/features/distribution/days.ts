const DAY_MS = 86_400_000;

/** `2025-07-22` in the reader's zone. */
export function dayOf(time: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
}

export const daysAgo = (days: number): string => dayOf(new Date(Date.now() - days * DAY_MS));

/** Whole days in the reader's zone, both included, as times; undefined until both are chosen. */
export function periodOfDays([from, to]: readonly [string | null, string | null]):
  | { from: string; to: string }
  | undefined {
  if (from === null || to === null) return undefined;
  const end = new Date(`${to}T00:00`);
  end.setDate(end.getDate() + 1);
  return { from: new Date(`${from}T00:00`).toISOString(), to: end.toISOString() };
}
