import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DeviationBar } from '@/components/deviation-bar';
import { LoadBar } from '@/components/load-bar';
import { PageHeader } from '@/components/page-header';
import { ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { AvailabilityResponse, FairnessResponse, UserResponse } from '@/lib/api/schema';
import { counted } from '@/lib/format';
import { sayDone, sayFailed } from '@/lib/undo';
import { useAvailability, useResume } from '../api/use-availability';
import { useFairness } from '../api/use-fairness';
import { useOwnStats } from '../api/use-own-stats';
import classes from '../distribution.module.css';
import { standingInWords } from '../words';
import agent from './agent.module.css';
import { HoursForm } from './hours-form';
import { PauseDialog } from './pause-dialog';

/** What an agent is entitled to and gets, in words; whether and when they get more. */
export function SharePage({ me }: { me: UserResponse }) {
  const availability = useAvailability(me.id);
  const fairness = useFairness();
  return (
    <>
      <PageHeader title="My share" />
      <div className={classes.page}>
        <div className={agent.sections}>
          <section aria-labelledby="standing">
            <h2 id="standing" className={classes.heading}>
              How I stand
            </h2>
            {fairness.isPending && <LoadingRows rows={2} />}
            {fairness.isError && (
              <ErrorState error={fairness.error} onRetry={() => void fairness.refetch()} />
            )}
            {fairness.data && <Standing me={me} report={fairness.data} />}
          </section>
          {availability.isPending && <LoadingRows rows={4} />}
          {availability.isError && (
            <ErrorState error={availability.error} onRetry={() => void availability.refetch()} />
          )}
          {availability.data && (
            <>
              <section aria-labelledby="new-leads">
                <h2 id="new-leads" className={classes.heading}>
                  New leads
                </h2>
                <NewLeads me={me} availability={availability.data} />
              </section>
              <section aria-labelledby="hours">
                <h2 id="hours" className={classes.heading}>
                  Working hours and days off
                </h2>
                <Text size="sm" c="dimmed" mb="sm">
                  New leads come only then. Being away costs no standing.
                </Text>
                <HoursForm availability={availability.data} />
              </section>
            </>
          )}
        </div>
      </div>
    </>
  );
}

function Standing({ me, report }: { me: UserResponse; report: FairnessResponse }) {
  const own = report.agents.find(({ agent_id }) => agent_id === me.id);
  const stats = useOwnStats();
  return (
    <>
      {own ? (
        <>
          <p className={agent.sentence}>
            Since the beginning you were entitled to {own.entitled.toFixed(2)} leads and got {own.received}:
            you are <strong>{standingInWords(own.standing, 'your')}</strong>. {nextTurn(own.standing)}
          </p>
          <DeviationBar deviation={own.standing} />
        </>
      ) : (
        <p className={agent.sentence}>
          The rules have not given you a lead yet. You begin exactly at your share: nothing is owed to you,
          and you owe nothing.
        </p>
      )}
      {stats && (
        <Group gap="lg" mt="sm">
          <LoadBar load={stats.active_leads} capacity={stats.target_leads} />
          <Text size="sm" c="dimmed">
            {stats.leads_needed > 0
              ? `${counted(stats.leads_needed, 'free place')}: new leads come when your turn does.`
              : 'No free place: the next lead comes when you close one.'}
          </Text>
        </Group>
      )}
      <Text size="sm" c="dimmed" mt="sm">
        Why a lead came to you, or went to somebody else, stands on its page under “Why me?”. See{' '}
        <Link to="/leads" className={classes.link}>
          your leads
        </Link>
        .
      </Text>
    </>
  );
}

function nextTurn(standing: number): string {
  if (standing < 0) return 'Leads that you can take come to you before those who are ahead.';
  if (standing > 0) return 'Those who are behind are served first; your share catches up with every lead.';
  return 'The next lead goes by rotation.';
}

function NewLeads({ me, availability }: { me: UserResponse; availability: AvailabilityResponse }) {
  const [isAsking, setAsking] = useState(false);
  const resume = useResume(me.id);
  const { reason, paused_until, pause_reason } = availability;
  return (
    <>
      <p className={agent.sentence}>
        {reason === null && 'You get new leads now.'}
        {reason === 'off_hours' && 'You get none now: it is outside your working hours.'}
        {reason === 'day_off' && 'You get none now: you have the day off.'}
        {reason === 'paused' && (
          <>
            You get none now: paused{pause_reason && ` (${pause_reason})`}
            {paused_until === null ? ' until you resume.' : ', back '}
            {paused_until !== null && <When time={paused_until} />}
          </>
        )}
      </p>
      {reason === 'paused' ? (
        <Button
          loading={resume.isPending}
          onClick={() =>
            resume.mutate(undefined, {
              onSuccess: () => sayDone('You get new leads again'),
              onError: sayFailed,
            })
          }
        >
          Resume new leads
        </Button>
      ) : (
        <Button variant="default" onClick={() => setAsking(true)}>
          Pause new leads
        </Button>
      )}
      {isAsking && <PauseDialog agentId={me.id} onClose={() => setAsking(false)} />}
    </>
  );
}
