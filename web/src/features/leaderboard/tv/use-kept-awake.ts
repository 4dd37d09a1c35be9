import { useEffect } from 'react';
import { queryClient } from '@/lib/query-client';

const REFRESH_MS = 60_000;
const RELOAD_HOUR = 4;

/** Keeps a screen that nobody touches for days on and up to date. */
export function useKeptAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const wake = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      lock = await navigator.wakeLock.request('screen').catch(() => undefined);
    };
    void wake();
    document.addEventListener('visibilitychange', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      void lock?.release();
    };
  }, []);
  useEffect(() => {
    const startedAt = Date.now();
    // Live events come at once; this is for the hours in which they could not.
    const timer = setInterval(() => {
      void queryClient.invalidateQueries({ queryKey: ['boards'] });
      const isOld = Date.now() - startedAt > 6 * 3_600_000;
      if (isOld && new Date().getHours() === RELOAD_HOUR) void reloadWhenServed();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
}

/** A night's reload takes a new version; never into an error page. */
async function reloadWhenServed(): Promise<void> {
  const isServed = await fetch('/health/ready', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isServed) window.location.reload();
}
