import { Badge, Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { PageHeader } from '@/components/page-header';
import { ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { PolicyResponse } from '@/lib/api/schema';
import { counted } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { usePolicies } from '../api/use-policies';
import classes from '../distribution.module.css';
import { LeadersOnly } from '../leaders-only';
import { conditionInWords } from '../rules/condition-words';
import { strategyOf } from '../words';
import cards from './policies.module.css';
import { versionInForce } from './versions';

export function PoliciesPage() {
  return (
    <LeadersOnly>
      <PageHeader title="Policies" note="A lead goes by the first that takes it">
        <Button
          component={Link}
          {...({ to: '/distribution/policies/new' } as object)}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          New policy
        </Button>
      </PageHeader>
      <div className={classes.page}>
        <Policies />
      </div>
    </LeadersOnly>
  );
}

function Policies() {
  const policies = usePolicies();
  if (policies.isPending) return <LoadingRows rows={4} height={48} />;
  if (policies.isError) return <ErrorState error={policies.error} onRetry={() => void policies.refetch()} />;
  return (
    <ol className={cards.list}>
      {policies.data.map((policy) => (
        <PolicyCard key={policy.id} policy={policy} />
      ))}
    </ol>
  );
}

function PolicyCard({ policy }: { policy: PolicyResponse }) {
  const nameOf = useNameOf();
  const active = versionInForce(policy);
  const scheduled = policy.versions.find(({ state }) => state === 'scheduled');
  const drafts = policy.versions.filter(({ state }) => state === 'draft').length;
  const since = policy.events.find(({ version }) => version !== null && version === policy.active_version);
  return (
    <li className={cards.card}>
      <div className={cards.main}>
        <Group gap="xs">
          <Link
            to="/distribution/policies/$policyId"
            params={{ policyId: String(policy.id) }}
            className={classes.rowLink}
          >
            {policy.name}
          </Link>
          {policy.is_default && (
            <Badge size="sm" variant="default" radius="sm">
              Default
            </Badge>
          )}
          {!active && (
            <Badge size="sm" variant="light" color="gray" radius="sm" c="dimmed">
              Not in force
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {active
            ? `${strategyOf(active.rules.strategy).label} · ${conditionInWords(active.rules.leads)} · ${counted(active.rules.target_active, 'active lead')} each`
            : 'Leads go past it until a version is activated'}
        </Text>
      </div>
      <Text size="sm" className={cards.fact}>
        {policy.manager_id === null ? 'All teams' : `Team of ${nameOf(policy.manager_id)}`}
      </Text>
      <Text size="sm" className={cards.fact}>
        {active ? (
          <>
            Version {active.version}
            <Text span size="sm" c="dimmed">
              {' '}
              since <When time={since?.occurred_at ?? active.created_at} />
            </Text>
          </>
        ) : (
          counted(policy.versions.length, 'version')
        )}
        <Text size="xs" c="dimmed">
          {scheduled && scheduled.activate_at !== null ? (
            <>
              Version {scheduled.version} comes <When time={scheduled.activate_at} />
            </>
          ) : (
            drafts > 0 && counted(drafts, 'draft')
          )}
        </Text>
      </Text>
    </li>
  );
}
