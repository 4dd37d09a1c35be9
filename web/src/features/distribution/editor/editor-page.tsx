import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { useMe } from '@/lib/api/session';
import { usePolicy } from '../api/use-policies';
import classes from '../distribution.module.css';
import { LeadersOnly } from '../leaders-only';
import { mayChange, versionInForce } from '../policies/versions';
import { FIRST_RULES } from './draft';
import { PolicyEditor } from './policy-editor';

const route = getRouteApi('/distribution/policies/$policyId/edit');

export function NewPolicyPage() {
  return (
    <LeadersOnly>
      <PageHeader title="New policy">
        <Button component={Link} {...({ to: '/distribution/policies' } as object)} variant="default">
          Cancel
        </Button>
      </PageHeader>
      <div className={classes.page}>
        <PolicyEditor policy={null} base={FIRST_RULES} />
      </div>
    </LeadersOnly>
  );
}

export function NewVersionPage() {
  return (
    <LeadersOnly>
      <NewVersion />
    </LeadersOnly>
  );
}

function NewVersion() {
  const me = useMe();
  const { policyId } = route.useParams();
  const { from } = route.useSearch();
  const query = usePolicy(Number(policyId));
  if (query.isPending) return <LoadingRows rows={12} />;
  if (!query.data) return <ErrorState isPage error={query.error} onRetry={() => void query.refetch()} />;
  const policy = query.data;
  if (!mayChange(me, policy))
    return (
      <EmptyState isPage title="This policy is not your team’s">
        You may read it, not change it.
      </EmptyState>
    );
  const asked = policy.versions.find(({ version }) => String(version) === from);
  const base = asked ?? versionInForce(policy) ?? policy.versions[0];
  return (
    <>
      <PageHeader
        title={`New version of ${policy.name}`}
        note={base && `Begins with version ${base.version}`}
      >
        <Button
          component={Link}
          {...({ to: '/distribution/policies/$policyId', params: { policyId } } as object)}
          variant="default"
        >
          Cancel
        </Button>
      </PageHeader>
      <div className={classes.page}>
        <PolicyEditor key={base?.version} policy={policy} base={base?.rules ?? FIRST_RULES} />
      </div>
    </>
  );
}
