import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseBoardSearch } from '@/lib/board-search';
import { parseReportSearch } from '@/lib/report-search';
import { root } from './root-route';

const analytics = createRoute({
  getParentRoute: () => root,
  path: '/analytics',
  validateSearch: parseReportSearch,
  component: lazyRouteComponent(() => import('@/features/analytics/dashboards-page'), 'DashboardsPage'),
});

const drillDown = createRoute({
  getParentRoute: () => root,
  path: '/analytics/leads',
  validateSearch: parseReportSearch,
  component: lazyRouteComponent(() => import('@/features/analytics/drill-down-page'), 'DrillDownPage'),
});

const myDay = createRoute({
  getParentRoute: () => root,
  path: '/my-day',
  component: lazyRouteComponent(() => import('@/features/activities/my-day-page'), 'MyDayPage'),
});

const leaderboard = createRoute({
  getParentRoute: () => root,
  path: '/leaderboard',
  validateSearch: parseBoardSearch,
  component: lazyRouteComponent(() => import('@/features/leaderboard/leaderboard-page'), 'LeaderboardPage'),
});

const contests = createRoute({
  getParentRoute: () => root,
  path: '/contests',
  component: lazyRouteComponent(() => import('@/features/leaderboard/contests-page'), 'ContestsPage'),
});

const kudos = createRoute({
  getParentRoute: () => root,
  path: '/kudos',
  component: lazyRouteComponent(() => import('@/features/leaderboard/kudos-page'), 'KudosPage'),
});

const agent = createRoute({
  getParentRoute: () => root,
  path: '/agents/$agentId',
  component: lazyRouteComponent(() => import('@/features/leaderboard/profile-page'), 'ProfilePage'),
});

const tv = createRoute({
  getParentRoute: () => root,
  path: '/tv',
  component: lazyRouteComponent(() => import('@/features/leaderboard/tv-page'), 'TvPage'),
});

/** The sales floor: the day, how people stand, and what the figures say. */
export const floorRoutes = [myDay, leaderboard, contests, kudos, agent, tv, analytics, drillDown] as const;
