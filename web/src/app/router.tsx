import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ErrorState, LoadingRows } from '@/components/states';
import { session } from '@/lib/api/session';
import { parseLeadSearch } from '@/lib/lead-search';
import { parseQuery, stringifyQuery } from '@/lib/query-string';
import { distributionRoutes } from './distribution-routes';
import { floorRoutes } from './floor-routes';
import { root } from './root-route';

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    if (session.get().user?.role === 'agent') throw redirect({ to: '/my-day' });
    throw redirect({ to: '/leads', search: {} });
  },
});

/** Whoever comes back from the provider and is signed in already, in another tab. */
const signInCallback = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/callback',
  beforeLoad: () => {
    throw redirect({ to: '/' });
  },
});

const leads = createRoute({
  getParentRoute: () => root,
  path: '/leads',
  validateSearch: parseLeadSearch,
  component: lazyRouteComponent(() => import('@/features/leads/leads-page'), 'LeadsPage'),
});

const lead = createRoute({
  getParentRoute: () => root,
  path: '/leads/$leadId',
  validateSearch: ({ edit, tab }: Record<string, unknown>): { edit?: 'true'; tab?: 'history' | 'why' } => ({
    ...(edit === 'true' && { edit }),
    ...((tab === 'history' || tab === 'why') && { tab }),
  }),
  component: lazyRouteComponent(() => import('@/features/leads/lead-page'), 'LeadPage'),
});

const board = createRoute({
  getParentRoute: () => root,
  path: '/board',
  validateSearch: parseLeadSearch,
  component: lazyRouteComponent(() => import('@/features/leads/board-page'), 'BoardPage'),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  component: lazyRouteComponent(() => import('@/features/imports/imports-page'), 'ImportsPage'),
});

const importOf = createRoute({
  getParentRoute: () => root,
  path: '/imports/$importId',
  component: lazyRouteComponent(() => import('@/features/imports/import-page'), 'ImportPage'),
});

const duplicates = createRoute({
  getParentRoute: () => root,
  path: '/duplicates',
  component: lazyRouteComponent(
    () => import('@/features/leads/duplicates/duplicates-page'),
    'DuplicatesPage',
  ),
});

const merge = createRoute({
  getParentRoute: () => root,
  path: '/duplicates/merge',
  validateSearch: ({ leads, from }: Record<string, unknown>): { leads?: string; from?: 'queue' } => ({
    ...(/^[1-9]\d{0,9}(,[1-9]\d{0,9}){1,20}$/.test(String(leads)) && { leads: String(leads) }),
    ...(from === 'queue' && { from }),
  }),
  component: lazyRouteComponent(() => import('@/features/leads/duplicates/merge-page'), 'MergePage'),
});

const team = createRoute({
  getParentRoute: () => root,
  path: '/team',
  component: lazyRouteComponent(() => import('@/features/users/team-page'), 'TeamPage'),
});

const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  component: lazyRouteComponent(() => import('@/features/users/users-page'), 'UsersPage'),
});

const notifications = createRoute({
  getParentRoute: () => root,
  path: '/notifications',
  component: lazyRouteComponent(
    () => import('@/features/notifications/notifications-page'),
    'NotificationsPage',
  ),
});

const programs = createRoute({
  getParentRoute: () => root,
  path: '/programs',
  component: lazyRouteComponent(() => import('@/features/programs/programs-page'), 'ProgramsPage'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  component: lazyRouteComponent(() => import('@/features/audit/audit-page'), 'AuditPage'),
});

const scoring = createRoute({
  getParentRoute: () => root,
  path: '/scoring',
  component: lazyRouteComponent(() => import('@/features/scoring/scoring-page'), 'ScoringPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/auth/settings-page'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    signInCallback,
    leads,
    lead,
    board,
    distributionRoutes,
    ...floorRoutes,
    imports,
    importOf,
    duplicates,
    merge,
    team,
    users,
    notifications,
    programs,
    audit,
    scoring,
    settings,
  ]),
  parseSearch: parseQuery,
  stringifySearch: stringifyQuery,
  defaultPreload: 'intent',
  defaultPendingComponent: () => <LoadingRows />,
  defaultErrorComponent: ({ error, reset }) => <ErrorState isPage error={error} onRetry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
