import '@mantine/dates/styles.css';
import { Alert, Button, Group, Loader, SegmentedControl, Text } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { LoadingRows } from '@/components/states';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { PolicyRulesDto, SimulateDto, SimulationResponse } from '@/lib/api/schema';
import { useRehearsal } from '../api/use-rehearsal';
import { daysAgo, periodOfDays } from '../days';
import classes from './rehearsal.module.css';

const RehearsalResult = lazy(async () => ({ default: (await import('./rehearsal-result')).RehearsalResult }));

interface RehearsalProps {
  /** The default policy for one that is not stored yet. */
  policyId: number | undefined;
  /** What takes the place of the rules in force; `rules` is asked for when the rehearsal begins, and null when they are not fit for it. */
  what: { version: number } | { rules: () => PolicyRulesDto | null };
  onRefused?: (error: unknown) => void;
  onDone?: (result: SimulationResponse) => void;
}

type Ground = 'pool' | 'period';
const MONTH = 30;

/** Tries rules on leads without writing anything, beside the rules in force. */
export function Rehearsal({ policyId, what, onRefused, onDone }: RehearsalProps) {
  const rehearsal = useRehearsal();
  const [ground, setGround] = useState<Ground>('pool');
  const [days, setDays] = useState<[string | null, string | null]>([daysAgo(MONTH), daysAgo(0)]);
  const period = periodOfDays(days);
  const begin = () => {
    const subject = 'version' in what ? { version: what.version } : { rules: what.rules() };
    if ('rules' in subject && subject.rules === null) return;
    const body = { policy_id: policyId, ...subject, ...(ground === 'period' && period && { period }) };
    rehearsal.mutate(body as SimulateDto, { onSuccess: onDone, onError: onRefused });
  };
  const refusal = rehearsal.error && textOf(rehearsal.error);
  return (
    <div>
      <Group align="flex-end" gap="sm" mb="md">
        <SegmentedControl
          aria-label="Rehearse with"
          value={ground}
          onChange={(next) => setGround(next as Ground)}
          data={[
            { value: 'pool', label: 'Leads in the pool now' },
            { value: 'period', label: 'Leads of a past period' },
          ]}
        />
        {ground === 'period' && (
          <DatePickerInput
            type="range"
            aria-label="Period"
            w={260}
            valueFormat="MMM D, YYYY"
            allowSingleDateInRange
            maxDate={new Date()}
            value={days}
            onChange={setDays}
          />
        )}
        <Button
          variant="default"
          leftSection={<IconPlayerTrackNext size={16} aria-hidden />}
          disabled={ground === 'period' && !period}
          loading={rehearsal.isPending}
          onClick={begin}
        >
          Rehearse
        </Button>
      </Group>
      {refusal && (
        <Alert color="red" role="alert" mb="md">
          {refusal}
        </Alert>
      )}
      <div role="status" className={classes.status}>
        {rehearsal.isPending && <Loader size="xs" aria-label="Rehearsing" />}
      </div>
      {rehearsal.data ? (
        <Suspense fallback={<LoadingRows rows={6} />}>
          <RehearsalResult result={rehearsal.data} isPast={rehearsal.variables?.period !== undefined} />
        </Suspense>
      ) : (
        !rehearsal.isPending && (
          <Text size="sm" c="dimmed" maw={620}>
            {ground === 'pool'
              ? 'Gives the leads that wait now to today’s agents, twice: by the rules in force and by these. Nothing is written.'
              : 'Gives out the leads that were entered in the period, one by one in that order, twice: by the rules in force and by these. Everybody begins without leads. Nothing is written.'}
          </Text>
        )
      )}
    </div>
  );
}

/** Rules have their errors at their fields; the rest is said here. */
function textOf(error: unknown): string {
  const fields = Object.entries(fieldErrorsOf(error));
  if (fields.length === 0) return messageOf(error);
  const rules = fields.filter(([field]) => field.startsWith('rules.'));
  if (rules.length > 0) return 'These rules cannot work; what is wrong stands at the fields.';
  return fields.map(([, message]) => message).join('. ');
}
