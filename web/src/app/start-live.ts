import { keepLeadsLive } from '@/features/leads/live/keep-leads-live';
import { keepNotificationsLive, placeOf } from '@/features/notifications/use-notifications';
import { notifyWhenHidden } from '@/lib/browser-notifications';
import { keepLive } from '@/lib/live/connection';
import { freshenWhenEventsAreMissing } from '@/lib/live/freshen';
import { router } from './router';

/** Everything that listens for as long as the page is open; then the connection. */
export function startLive(): void {
  freshenWhenEventsAreMissing();
  keepLeadsLive();
  keepNotificationsLive();
  notifyWhenHidden(
    (notification) => void router.navigate((placeOf(notification) ?? { to: '/notifications' }) as never),
  );
  keepLive();
}
