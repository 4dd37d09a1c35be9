import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { Logo } from '@/components/logo';
import { activityDialog } from '@/lib/activity-log';
import { palette, quickCreate, shortcutList } from '@/lib/overlays';
import { useStore } from '@/lib/store';
import { Navigation } from './navigation';
import { useGlobalShortcuts } from './shortcuts';

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette')).CommandPalette }));
const ShortcutList = lazy(async () => ({ default: (await import('./shortcut-list')).ShortcutList }));
const QuickCreate = lazy(async () => ({
  default: (await import('@/features/leads/quick-create')).QuickCreate,
}));

const LiveIndicator = lazy(async () => ({ default: (await import('./live-indicator')).LiveIndicator }));
const NotificationBell = lazy(async () => ({
  default: (await import('@/features/notifications/notification-bell')).NotificationBell,
}));

const loadActivityDialog = () => import('@/features/activities/activity-dialog');
const ActivityDialog = lazy(async () => ({ default: (await loadActivityDialog()).ActivityDialog }));
/** One types on as soon as the key is pressed: the dialog must not have to be loaded then. */
const PRELOAD_AFTER_MS = 2_000;

/** A screen on the wall has no navigation. */
export function Frame() {
  const isBare = useRouterState({ select: ({ location }) => location.pathname === '/tv' });
  return isBare ? <Outlet /> : <Shell />;
}

/** The frame around every page: navigation, and what can be opened from anywhere. */
function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure();
  const address = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu of a phone
  useEffect(close, [address]);
  useGlobalShortcuts();
  useEffect(() => {
    const timer = setTimeout(() => void loadActivityDialog(), PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const isPaletteOpen = useStore(palette);
  const isCreating = useStore(quickCreate);
  const activity = useStore(activityDialog);
  const isListingShortcuts = useStore(shortcutList);
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
    >
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <AppShell.Header hiddenFrom="sm">
        <Group h="100%" px="md" gap="sm">
          <Burger
            opened={isOpen}
            onClick={toggle}
            size="sm"
            aria-label={isOpen ? 'Close menu' : 'Open menu'}
          />
          <Logo size={24} />
          <Text fw={600} flex={1}>
            Rota
          </Text>
          <Suspense>
            <LiveIndicator isWarningOnly />
            <NotificationBell />
          </Suspense>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Main">
        <Navigation onClose={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <Outlet />
      </AppShell.Main>
      <Suspense>
        {isPaletteOpen && <CommandPalette />}
        {isCreating && <QuickCreate onClose={() => quickCreate.set(false)} />}
        {activity && <ActivityDialog start={activity} onClose={() => activityDialog.set(null)} />}
        {isListingShortcuts && <ShortcutList />}
      </Suspense>
    </AppShell>
  );
}
