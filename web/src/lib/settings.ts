import { storedSetting } from './stored-setting';

export type Density = 'compact' | 'comfortable';

export const density = storedSetting<Density>('density', 'comfortable', (value) =>
  ['compact', 'comfortable'].includes(value as string),
);

/** IANA name of the zone that times are shown in; null is the device's. Known here before the server has answered. */
export const timeZone = storedSetting<string | null>('time-zone', null, (value) => isTimeZone(value));

/** The saved view that the list of leads begins with. */
export const firstView = storedSetting<number | null>('first-view', null, (value) => Number.isInteger(value));

/** Pixels. */
export const ROW_HEIGHT: Readonly<Record<Density, number>> = { compact: 34, comfortable: 44 };

export function isTimeZone(value: unknown): boolean {
  try {
    return typeof value === 'string' && Boolean(new Intl.DateTimeFormat('en-US', { timeZone: value }));
  } catch {
    return false;
  }
}
