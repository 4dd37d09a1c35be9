import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from './root-route';

const distribution = createRoute({
  getParentRoute: () => root,
  path: '/distribution',
  component: lazyRouteComponent(() => import('@/features/distribution/console-layout'), 'ConsoleLayout'),
});

const home = createRoute({
  getParentRoute: () => distribution,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/distribution/home-page'), 'DistributionHomePage'),
});

const policies = createRoute({
  getParentRoute: () => distribution,
  path: '/policies',
  component: lazyRouteComponent(
    () => import('@/features/distribution/policies/policies-page'),
    'PoliciesPage',
  ),
});

const newPolicy = createRoute({
  getParentRoute: () => distribution,
  path: '/policies/new',
  component: lazyRouteComponent(() => import('@/features/distribution/editor/editor-page'), 'NewPolicyPage'),
});

const NUMBER = /^[1-9]\d{0,6}$/;
const VIEWS = ['changes', 'rehearsal'] as const;

interface PolicySearch {
  version?: string;
  compare?: string;
  view?: (typeof VIEWS)[number];
}

const policy = createRoute({
  getParentRoute: () => distribution,
  path: '/policies/$policyId',
  validateSearch: ({ version, compare, view }: Record<string, unknown>): PolicySearch => ({
    ...(NUMBER.test(String(version)) && { version: String(version) }),
    ...(NUMBER.test(String(compare)) && { compare: String(compare) }),
    ...(VIEWS.some((known) => known === view) && { view: view as PolicySearch['view'] }),
  }),
  component: lazyRouteComponent(() => import('@/features/distribution/policies/policy-page'), 'PolicyPage'),
});

const newVersion = createRoute({
  getParentRoute: () => distribution,
  path: '/policies/$policyId/edit',
  validateSearch: ({ from }: Record<string, unknown>): { from?: string } =>
    NUMBER.test(String(from)) ? { from: String(from) } : {},
  component: lazyRouteComponent(() => import('@/features/distribution/editor/editor-page'), 'NewVersionPage'),
});

const runs = createRoute({
  getParentRoute: () => distribution,
  path: '/runs',
  component: lazyRouteComponent(() => import('@/features/distribution/runs/runs-page'), 'RunsPage'),
});

const fairness = createRoute({
  getParentRoute: () => distribution,
  path: '/fairness',
  component: lazyRouteComponent(
    () => import('@/features/distribution/fairness/fairness-page'),
    'FairnessPage',
  ),
});

const transfer = createRoute({
  getParentRoute: () => distribution,
  path: '/transfer',
  validateSearch: ({ from }: Record<string, unknown>): { from?: string } =>
    NUMBER.test(String(from)) ? { from: String(from) } : {},
  component: lazyRouteComponent(
    () => import('@/features/distribution/transfer/transfer-page'),
    'TransferPage',
  ),
});

interface HeldSearch {
  list?: 'quarantine';
  reason?: (typeof PARKED_REASONS)[number];
}

/** As the API names them. */
const PARKED_REASONS = [
  'next_run',
  'waits_for_claim',
  'not_callable',
  'at_capacity',
  'nobody_available',
  'no_match',
  'no_policy',
] as const;

const held = createRoute({
  getParentRoute: () => distribution,
  path: '/held',
  validateSearch: ({ list, reason }: Record<string, unknown>): HeldSearch => {
    if (list === 'quarantine') return { list };
    const known = PARKED_REASONS.find((one) => one === reason);
    return known ? { reason: known } : {};
  },
  component: lazyRouteComponent(() => import('@/features/distribution/held/held-page'), 'HeldPage'),
});

const claim = createRoute({
  getParentRoute: () => distribution,
  path: '/claim',
  component: lazyRouteComponent(() => import('@/features/distribution/claim/claim-page'), 'ClaimPage'),
});

/** The distribution console; for agents their share and the claim pool. */
export const distributionRoutes = distribution.addChildren([
  home,
  policies,
  newPolicy,
  policy,
  newVersion,
  runs,
  fairness,
  held,
  transfer,
  claim,
]);
