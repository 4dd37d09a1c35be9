import '@mantine/dates/styles.css';
import { Checkbox, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { Figure, Figures } from '@/components/figures';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { FairnessResponse } from '@/lib/api/schema';
import { count } from '@/lib/format';
import { useFairness } from '../api/use-fairness';
import { usePolicies } from '../api/use-policies';
import { daysAgo, periodOfDays } from '../days';
import classes from '../distribution.module.css';
import { LeadersOnly } from '../leaders-only';
import { FairnessTable } from './fairness-table';

const PRESETS = [
  { value: 'all', label: 'All time', days: null },
  { value: 'week', label: '7 days', days: 6 },
  { value: 'month', label: '30 days', days: 29 },
  { value: 'chosen', label: 'Period', days: null },
] as const;
type Preset = (typeof PRESETS)[number]['value'];

/** What everybody was entitled to and what they got. */
export function FairnessPage() {
  return (
    <LeadersOnly>
      <Fairness />
    </LeadersOnly>
  );
}

function Fairness() {
  const policies = usePolicies();
  const [policy, setPolicy] = useState<string | null>(null);
  const [preset, setPreset] = useState<Preset>('all');
  const [days, setDays] = useState<[string | null, string | null]>([daysAgo(29), daysAgo(0)]);
  const [withBands, setWithBands] = useState(false);
  const fixed = PRESETS.find(({ value }) => value === preset)?.days ?? null;
  const period =
    preset === 'chosen'
      ? periodOfDays(days)
      : fixed === null
        ? undefined
        : periodOfDays([daysAgo(fixed), daysAgo(0)]);
  const usual = policies.data?.find(({ is_default }) => is_default);
  const fairness = useFairness({ policyId: policy === null ? undefined : Number(policy), ...period });
  return (
    <>
      <PageHeader title="Fairness" />
      <div className={classes.page}>
        <Group gap="sm" mb="md" align="flex-end">
          <Select
            aria-label="Policy"
            w={220}
            allowDeselect={false}
            data={(policies.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
            value={policy ?? (usual ? String(usual.id) : null)}
            onChange={setPolicy}
          />
          <SegmentedControl
            aria-label="Period"
            value={preset}
            onChange={(next) => setPreset(next as Preset)}
            data={PRESETS.map(({ value, label }) => ({ value, label }))}
          />
          {preset === 'chosen' && (
            <DatePickerInput
              type="range"
              aria-label="From and to"
              w={260}
              valueFormat="MMM D, YYYY"
              allowSingleDateInRange
              maxDate={new Date()}
              value={days}
              onChange={setDays}
            />
          )}
          <Checkbox
            label="By score band"
            pb={8}
            checked={withBands}
            onChange={(event) => setWithBands(event.currentTarget.checked)}
          />
        </Group>
        {fairness.isPending && <LoadingRows />}
        {fairness.isError && <ErrorState error={fairness.error} onRetry={() => void fairness.refetch()} />}
        {fairness.data && <Report report={fairness.data} withBands={withBands} />}
      </div>
    </>
  );
}

function Report({ report, withBands }: { report: FairnessResponse; withBands: boolean }) {
  if (report.agents.length === 0)
    return (
      <EmptyState title="No lead was given out by rules in this period">
        As soon as one is, it stands here who was entitled to it and who got it.
      </EmptyState>
    );
  const received = report.agents.reduce((sum, agent) => sum + agent.received, 0);
  const within = report.agents.filter(({ deviation }) => Math.abs(deviation) < 1).length;
  return (
    <>
      <Figures label="Fairness">
        <Figure label="Leads given out" value={count(received)} />
        <Figure label="Agents" value={count(report.agents.length)} />
        <Figure label="Within one lead of their share" value={`${within} of ${report.agents.length}`} />
        <Figure label="Largest deviation" value={report.largest_deviation.toFixed(2)} />
      </Figures>
      <Text size="sm" c="dimmed" my="md" maw={720}>
        Every lead adds to the entitlement of everybody who could have had it. The deviation is what an agent
        got beyond that; the dashed lines stand at one lead. The standing is the deviation of all time, which
        the next leads go by.
      </Text>
      <FairnessTable agents={report.agents} withBands={withBands} />
    </>
  );
}
