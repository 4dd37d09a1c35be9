import type { ReactNode } from 'react';
import { EmptyState } from '@/components/states';
import { useMe } from '@/lib/api/session';
import { isLeader } from '@/lib/people';

/** Pages for managers and admins, which somebody may come to by their address. */
export function LeadersOnly({ children }: { children: ReactNode }) {
  const me = useMe();
  if (isLeader(me)) return children;
  return (
    <EmptyState isPage title="Only managers and admins see this">
      Your own share is under Distribution.
    </EmptyState>
  );
}
