import { ActionIcon, Box, Button, Group, Kbd, NavLink, Stack, Text, UnstyledButton } from '@mantine/core';
import {
  IconAddressBook,
  IconArrowMerge,
  IconArrowsSplit2,
  IconChartBar,
  IconFileImport,
  IconLayoutKanban,
  IconLogout,
  IconPlugConnected,
  IconPlus,
  IconSearch,
  IconSettings,
  IconShieldCheck,
  IconSunHigh,
  IconTrophy,
  IconUsers,
  IconUsersGroup,
  IconX,
} from '@tabler/icons-react';
import { Link, type LinkProps, useRouterState } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { Logo } from '@/components/logo';
import type { UserResponse } from '@/lib/api/schema';
import { signOut, useMe } from '@/lib/api/session';
import { words } from '@/lib/format';
import { palette, quickCreate } from '@/lib/overlays';
import classes from './navigation.module.css';

const NotificationBell = lazy(async () => ({
  default: (await import('@/features/notifications/notification-bell')).NotificationBell,
}));
const LiveIndicator = lazy(async () => ({ default: (await import('./live-indicator')).LiveIndicator }));
const PauseSwitch = lazy(async () => ({
  default: (await import('@/features/distribution/agent/pause-switch')).PauseSwitch,
}));

type Role = UserResponse['role'];
export interface Place {
  to: LinkProps['to'];
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  roles: Role[];
  /** Addresses of pages that belong to it. */
  also?: readonly string[];
}

export const PLACES: readonly Place[] = [
  { to: '/my-day', label: 'My day', icon: IconSunHigh, roles: ['agent'] },
  { to: '/leads', label: 'Leads', icon: IconAddressBook, roles: ['admin', 'manager', 'agent'] },
  { to: '/board', label: 'Board', icon: IconLayoutKanban, roles: ['admin', 'manager', 'agent'] },
  {
    to: '/leaderboard',
    label: 'Leaderboard',
    icon: IconTrophy,
    roles: ['admin', 'manager', 'agent'],
    also: ['/contests', '/kudos', '/agents'],
  },
  { to: '/analytics', label: 'Analytics', icon: IconChartBar, roles: ['admin', 'manager', 'agent'] },
  {
    to: '/distribution',
    label: 'Distribution',
    icon: IconArrowsSplit2,
    roles: ['admin', 'manager', 'agent'],
  },
  { to: '/imports', label: 'Imports', icon: IconFileImport, roles: ['admin', 'manager'] },
  { to: '/duplicates', label: 'Duplicates', icon: IconArrowMerge, roles: ['admin', 'manager'] },
  { to: '/team', label: 'Team', icon: IconUsersGroup, roles: ['admin', 'manager'] },
  { to: '/users', label: 'Users', icon: IconUsers, roles: ['admin'] },
  { to: '/programs', label: 'Programs', icon: IconPlugConnected, roles: ['admin', 'manager'] },
  { to: '/audit', label: 'Audit trail', icon: IconShieldCheck, roles: ['admin'] },
  { to: '/settings', label: 'My settings', icon: IconSettings, roles: ['admin', 'manager', 'agent'] },
];

export function Navigation({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const address = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <Stack h="100%" justify="space-between" gap={0}>
      <Stack gap={4}>
        <Group px={6} py={8} gap={9} mih={50} justify="space-between">
          <Group gap={9}>
            <Logo size={26} />
            <Text fw={600}>Rota</Text>
          </Group>
          <ActionIcon hiddenFrom="sm" variant="subtle" color="gray" onClick={onClose} aria-label="Close menu">
            <IconX size={18} />
          </ActionIcon>
          <Box visibleFrom="sm">
            <Suspense>
              <NotificationBell />
            </Suspense>
          </Box>
        </Group>
        <UnstyledButton className={classes.search} onClick={() => palette.set(true)}>
          <IconSearch size={15} aria-hidden />
          <span>Find or do…</span>
          <Kbd size="xs" visibleFrom="sm">
            Ctrl K
          </Kbd>
        </UnstyledButton>
        <Button
          variant="light"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => quickCreate.set(true)}
          mb="xs"
        >
          New lead
        </Button>
        {PLACES.filter(({ roles }) => roles.includes(me.role)).map(({ to, label, icon: Icon, also = [] }) => (
          <NavLink
            key={label}
            className={classes.place}
            renderRoot={(props) => <Link to={to} {...props} />}
            label={label}
            leftSection={<Icon size={18} stroke={1.6} />}
            active={[to as string, ...also].some((start) => address.startsWith(start))}
          />
        ))}
      </Stack>
      <Stack gap={6}>
        {me.role === 'agent' && (
          <Suspense>
            <PauseSwitch me={me} />
          </Suspense>
        )}
        <Suspense fallback={<Box h={28} />}>
          <LiveIndicator />
        </Suspense>
        <Group className={classes.me} wrap="nowrap" justify="space-between">
          <div className={classes.who}>
            <Text size="sm" fw={500} truncate>
              {me.full_name}
            </Text>
            <Text size="xs" c="dimmed">
              {words(me.role)}
            </Text>
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Sign out"
            title="Sign out"
            onClick={() => void signOut()}
          >
            <IconLogout size={18} stroke={1.6} />
          </ActionIcon>
        </Group>
      </Stack>
    </Stack>
  );
}
