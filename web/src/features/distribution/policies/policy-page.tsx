import { Select, Tabs, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { PolicyResponse, PolicyVersionResponse } from '@/lib/api/schema';
import { useNameOf } from '@/lib/people';
import { usePolicy } from '../api/use-policies';
import classes from '../distribution.module.css';
import { LeadersOnly } from '../leaders-only';
import { Rehearsal } from '../rehearsal/rehearsal';
import { RuleChanges } from '../rules/rule-changes';
import { RuleList } from '../rules/rule-list';
import layout from './policies.module.css';
import { PolicyActions } from './policy-actions';
import { PolicyAudit } from './policy-audit';
import { VersionActions } from './version-actions';
import { VersionTimeline } from './version-timeline';
import { versionInForce } from './versions';

const route = getRouteApi('/distribution/policies/$policyId');

export function PolicyPage() {
  return (
    <LeadersOnly>
      <Loaded />
    </LeadersOnly>
  );
}

function Loaded() {
  const { policyId } = route.useParams();
  const query = usePolicy(Number(policyId));
  if (query.isPending) return <LoadingRows rows={10} />;
  if (!query.data) return <ErrorState isPage error={query.error} onRetry={() => void query.refetch()} />;
  return <Policy policy={query.data} />;
}

function Policy({ policy }: { policy: PolicyResponse }) {
  const nameOf = useNameOf();
  const { version } = route.useSearch();
  const asked = policy.versions.find((one) => String(one.version) === version);
  const shown = asked ?? versionInForce(policy) ?? policy.versions[0];
  return (
    <>
      <PageHeader
        title={policy.name}
        note={policy.manager_id === null ? 'For all teams' : `For the team of ${nameOf(policy.manager_id)}`}
      >
        <PolicyActions policy={policy} shown={shown} />
      </PageHeader>
      <div className={classes.page}>
        <div className={layout.columns}>
          <section aria-labelledby="versions">
            <h2 id="versions" className={classes.heading}>
              Versions
            </h2>
            <VersionTimeline policy={policy} shown={shown?.version ?? 0} />
          </section>
          {shown ? (
            <Version key={shown.version} policy={policy} version={shown} />
          ) : (
            <EmptyState title="This policy has no version yet" />
          )}
          <section aria-labelledby="audit">
            <h2 id="audit" className={classes.heading}>
              Who activated what
            </h2>
            <PolicyAudit policy={policy} />
          </section>
        </div>
      </div>
    </>
  );
}

function Version({ policy, version }: { policy: PolicyResponse; version: PolicyVersionResponse }) {
  const { view = 'rules' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <section aria-label={`Version ${version.version}`} className={layout.shown}>
      <VersionActions policy={policy} version={version} />
      <Tabs
        value={view}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            search: (before) => ({ ...before, view: next === 'rules' ? undefined : (next as 'changes') }),
            replace: true,
          })
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="rules">Rules</Tabs.Tab>
          <Tabs.Tab value="changes">Changes</Tabs.Tab>
          <Tabs.Tab value="rehearsal">Rehearsal</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rules">
          <RuleList rules={version.rules} />
        </Tabs.Panel>
        <Tabs.Panel value="changes">
          <Changes policy={policy} version={version} />
        </Tabs.Panel>
        <Tabs.Panel value="rehearsal">
          <Rehearsal policyId={policy.id} what={{ version: version.version }} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function Changes({ policy, version }: { policy: PolicyResponse; version: PolicyVersionResponse }) {
  const { compare } = route.useSearch();
  const navigate = route.useNavigate();
  const others = policy.versions.filter((one) => one.version !== version.version);
  const chosen = others.find((one) => String(one.version) === compare) ?? usualBase(policy, version);
  if (!chosen)
    return (
      <Text size="sm" c="dimmed">
        It is the only version; there is nothing to compare it with.
      </Text>
    );
  return (
    <>
      <Select
        label="Compared with"
        mb="md"
        maw={260}
        allowDeselect={false}
        data={others.map((one) => ({
          value: String(one.version),
          label: `Version ${one.version}${one.version === policy.active_version ? ' (in force)' : ''}`,
        }))}
        value={String(chosen.version)}
        onChange={(next) =>
          void navigate({ search: (before) => ({ ...before, compare: next ?? undefined }), replace: true })
        }
      />
      <RuleChanges
        before={chosen.rules}
        after={version.rules}
        same={`Version ${version.version} has the same rules as version ${chosen.version}.`}
      />
    </>
  );
}

/** What is in force; for that itself, the version before it. */
function usualBase(
  policy: PolicyResponse,
  version: PolicyVersionResponse,
): PolicyVersionResponse | undefined {
  const active = versionInForce(policy);
  if (active && active.version !== version.version) return active;
  return (
    policy.versions.find((one) => one.version < version.version) ??
    policy.versions.find((one) => one.version !== version.version)
  );
}
