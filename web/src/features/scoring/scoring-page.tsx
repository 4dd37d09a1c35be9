import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { RuleSetResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { count, counted } from '@/lib/format';
import { isLeader } from '@/lib/people';
import { RuleEditor } from './rule-editor';
import { linesOf } from './rule-words';
import classes from './scoring.module.css';
import { isRescoring, useActivateScoring, useScoringVersions } from './use-scoring';

/** The rules by which leads are scored, and all their versions; admins draft and activate them. */
export function ScoringPage() {
  const me = useMe();
  const { data, error, refetch } = useScoringVersions();
  const [from, setFrom] = useState<RuleSetResponse | null>(null);
  if (!isLeader(me)) return <EmptyState isPage title="Only managers and admins see the scoring rules" />;
  if (error) return <ErrorState isPage error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  const active = data.find(({ is_active }) => is_active);
  const isAdmin = me.role === 'admin';
  return (
    <>
      <PageHeader title="Scoring rules">
        {isAdmin && active && !from && <Button onClick={() => setFrom(active)}>New version</Button>}
      </PageHeader>
      <div className={classes.page}>
        {from && <RuleEditor from={from} onClose={() => setFrom(null)} />}
        <ol className={classes.list}>
          {data.map((version) => (
            <Version
              key={version.version}
              version={version}
              isAdmin={isAdmin}
              onCopy={from ? undefined : () => setFrom(version)}
            />
          ))}
        </ol>
      </div>
    </>
  );
}

interface VersionProps {
  version: RuleSetResponse;
  isAdmin: boolean;
  onCopy?: () => void;
}

function Version({ version, isAdmin, onCopy }: VersionProps) {
  const activate = useActivateScoring();
  const [isAsking, setAsking] = useState(false);
  const { is_active: isActive, activated_at: activatedAt, rescoring } = version;
  return (
    <li className={classes.version}>
      <Group justify="space-between" align="flex-start">
        <Group gap="xs">
          <Title order={2} size="h5">
            Version {version.version}
          </Title>
          <Badge variant="light" color={isActive ? 'green' : 'gray'}>
            {isActive ? 'In force' : activatedAt ? 'Was in force' : 'Draft'}
          </Badge>
        </Group>
        {isAdmin && (
          <Group gap="xs">
            <Button size="compact-sm" variant="subtle" disabled={!onCopy} onClick={onCopy}>
              Copy version {version.version}
            </Button>
            {!isActive && (
              <Button
                size="compact-sm"
                variant="default"
                loading={activate.isPending}
                onClick={() => setAsking(true)}
              >
                Activate version {version.version}
              </Button>
            )}
          </Group>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {version.note && <>“{version.note}” · </>}
        {version.created_by?.full_name ?? 'Came with Rota'} · <When time={version.created_at} />
      </Text>
      {isActive && rescoring && (
        <Text size="sm" role="status">
          {isRescoring(version)
            ? `Leads are scored anew: ${count(rescoring.looked_at)} so far, ${count(rescoring.changed)} changed.`
            : `Scored anew: ${counted(rescoring.looked_at, 'lead')}, ${count(rescoring.changed)} of them changed.`}
        </Text>
      )}
      <Stack gap={2} mt={6} component="ul" className={classes.rules}>
        {linesOf(version.rules).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </Stack>
      <Confirm
        opened={isAsking}
        title={`Activate version ${version.version}?`}
        confirm="Activate"
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          activate.mutate(version.version);
        }}
      >
        Every lead whose score follows from rules is scored anew. Scores that somebody gave by hand stay.
      </Confirm>
    </li>
  );
}
