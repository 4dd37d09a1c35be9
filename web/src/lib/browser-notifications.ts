import type { NotificationResponse } from './api/schema';
import { onLiveEvent } from './live/events';
import { storedSetting } from './stored-setting';

/** Whether this browser shows notifications while its window is hidden; permission is asked for only then. */
export const wantsBrowserNotifications = storedSetting<boolean>(
  'browser-notifications',
  false,
  (value) => typeof value === 'boolean',
);

export const canNotify = (): boolean => 'Notification' in window;

/** @returns whether the browser lets us */
export async function askForPermission(): Promise<boolean> {
  const isGranted = canNotify() && (await Notification.requestPermission()) === 'granted';
  wantsBrowserNotifications.set(isGranted);
  return isGranted;
}

/** Shows notifications that come while nobody looks at the window. To be called once. */
export function notifyWhenHidden(open: (notification: NotificationResponse) => void): void {
  onLiveEvent('notification', ({ data }) => {
    if (!document.hidden || !wantsBrowserNotifications.get()) return;
    if (!canNotify() || Notification.permission !== 'granted') return;
    // Of several windows each shows it; the tag makes them one.
    const shown = new Notification(data.title, {
      body: data.message ?? '',
      tag: `rota-${data.id}`,
      icon: '/favicon.svg',
    });
    shown.onclick = () => {
      window.focus();
      shown.close();
      open(data);
    };
  });
}
