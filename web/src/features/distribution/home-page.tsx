import { useMe } from '@/lib/api/session';
import { SharePage } from './agent/share-page';
import { OverviewPage } from './overview/overview-page';

/** Pool and agents for those who lead; one's own share for agents. */
export function DistributionHomePage() {
  const me = useMe();
  return me.role === 'agent' ? <SharePage me={me} /> : <OverviewPage />;
}
