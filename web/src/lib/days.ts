const short = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const withYear = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

/** `Jul 22`, with the year when it is not this one. @param day `YYYY-MM-DD` */
export function day(day: string): string {
  const isThisYear = day.slice(0, 4) === String(new Date().getFullYear());
  return (isThisYear ? short : withYear).format(new Date(`${day}T00:00:00Z`));
}

/** The day of the reader's calendar as `YYYY-MM-DD`, so many days from now. */
export function dayFromNow(days = 0): string {
  const date = new Date();
  date.setDate(date.getDate() + days);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
