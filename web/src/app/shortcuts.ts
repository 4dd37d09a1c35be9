import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { activityDialog } from '@/lib/activity-log';
import { currentLead } from '@/lib/current-lead';
import { isDialogOpen, isTyping } from '@/lib/keyboard';
import { palette, quickCreate, shortcutList } from '@/lib/overlays';

/** Pressed one after the other within this time. */
const SEQUENCE_MS = 1_000;

const PLACES: Readonly<
  Record<
    string,
    | '/my-day'
    | '/leaderboard'
    | '/analytics'
    | '/leads'
    | '/board'
    | '/distribution'
    | '/team'
    | '/users'
    | '/settings'
  >
> = {
  d: '/my-day',
  h: '/leaderboard',
  a: '/analytics',
  l: '/leads',
  b: '/board',
  p: '/distribution',
  t: '/team',
  u: '/users',
  s: '/settings',
};

/** Keys that work on every page while nothing is typed into. */
export function useGlobalShortcuts(): void {
  const navigate = useNavigate();
  useHotkeys([['mod+K', () => palette.set(!palette.get())]], []);
  useHotkeys([
    ['c', () => !isDialogOpen() && quickCreate.set(true)],
    ['l', () => !isDialogOpen() && activityDialog.set({ lead: currentLead.get() })],
    ['shift+?', () => shortcutList.set(true)],
    ['?', () => shortcutList.set(true)],
  ]);
  useEffect(() => {
    let leaderAt = 0;
    const follow = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isDialogOpen()) return;
      const place = Date.now() - leaderAt < SEQUENCE_MS ? PLACES[event.key] : undefined;
      leaderAt = event.key === 'g' ? Date.now() : 0;
      if (place) {
        event.preventDefault();
        event.stopImmediatePropagation();
        void navigate({ to: place, search: {} });
      }
    };
    // Before the keys of a page, of which `g l` would be two.
    window.addEventListener('keydown', follow, { capture: true });
    return () => window.removeEventListener('keydown', follow, { capture: true });
  }, [navigate]);
}
