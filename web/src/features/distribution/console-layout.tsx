import { Link, type LinkProps, Outlet, useRouterState } from '@tanstack/react-router';
import type { UserResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { useLiveDistribution } from './api/use-live-distribution';
import classes from './console-layout.module.css';

interface Part {
  to: LinkProps['to'];
  label: string;
  roles: readonly UserResponse['role'][];
}

const LEADERS = ['admin', 'manager'] as const;

const PARTS: readonly Part[] = [
  { to: '/distribution', label: 'Overview', roles: LEADERS },
  { to: '/distribution/policies', label: 'Policies', roles: LEADERS },
  { to: '/distribution/runs', label: 'Runs', roles: LEADERS },
  { to: '/distribution/fairness', label: 'Fairness', roles: LEADERS },
  { to: '/distribution/held', label: 'Parked & quarantine', roles: LEADERS },
  { to: '/distribution/transfer', label: 'Transfer', roles: LEADERS },
  { to: '/distribution', label: 'My share', roles: ['agent'] },
  { to: '/distribution/claim', label: 'Claim pool', roles: ['agent'] },
];

/** The parts of the console that somebody may see, over whichever is open. */
export function ConsoleLayout() {
  const me = useMe();
  useLiveDistribution();
  const address = useRouterState({ select: ({ location }) => location.pathname });
  const isOpen = (to: string) =>
    to === '/distribution' ? address.replace(/\/$/, '') === to : address.startsWith(to);
  return (
    <>
      <nav aria-label="Distribution" className={classes.parts}>
        {PARTS.filter(({ roles }) => roles.includes(me.role)).map(({ to, label }) => (
          <Link
            key={label}
            to={to}
            // Its own idea of being open counts what lies under it, too.
            activeOptions={{ exact: true }}
            className={classes.part}
            aria-current={isOpen(to as string) ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
