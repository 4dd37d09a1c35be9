import {
  IconArrowsExchange,
  IconHandGrab,
  IconListNumbers,
  IconParking,
  IconRefresh,
  IconScale,
  IconVersions,
} from '@tabler/icons-react';
import type { Place } from './navigation';

const LEADERS: Place['roles'] = ['admin', 'manager'];

/** Pages inside a place, which the palette goes to at once. */
export const DEEP_PLACES: readonly Place[] = [
  { to: '/scoring', label: 'Scoring rules', icon: IconListNumbers, roles: LEADERS },
  { to: '/distribution/policies', label: 'Policies', icon: IconVersions, roles: LEADERS },
  { to: '/distribution/policies/new', label: 'New policy', icon: IconVersions, roles: LEADERS },
  { to: '/distribution/runs', label: 'Runs', icon: IconRefresh, roles: LEADERS },
  { to: '/distribution/fairness', label: 'Fairness', icon: IconScale, roles: LEADERS },
  { to: '/distribution/held', label: 'Parked and quarantined leads', icon: IconParking, roles: LEADERS },
  { to: '/distribution/transfer', label: 'Transfer of leads', icon: IconArrowsExchange, roles: LEADERS },
  { to: '/distribution/claim', label: 'Claim pool', icon: IconHandGrab, roles: ['agent'] },
];
