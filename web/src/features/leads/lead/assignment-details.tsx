import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { DeviationBar } from '@/components/deviation-bar';
import type { AssignmentDecision, ExcludedAgent } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { counted, words } from '@/lib/format';
import { isLeader } from '@/lib/people';
import classes from './lead-why.module.css';

const RULES: Readonly<Record<AssignmentDecision['rule'], string>> = {
  chairman: 'In turn: whoever would have fallen a whole lead behind soonest',
  furthest_below: 'To whoever was furthest below their share',
  flow: 'As part of a batch that ends with everybody within one lead of their share',
  make_up: 'To who was furthest below their share, turns that passed in an absence included',
};

const EXCLUSIONS: Readonly<Record<string, string>> = {
  paused: 'Paused new leads',
  day_off: 'Day off',
  off_hours: 'Outside working hours',
  at_capacity: 'At capacity',
  day_cap: 'Daily cap reached',
  hour_cap: 'Hourly cap reached',
  not_asked: 'Not asked this time',
  does_not_match: 'Does not take such leads',
  previous_agent: 'Had this lead before',
  other_agent_works_practice: 'Somebody else works this practice',
  more_loaded: 'Had more leads at hand',
  lacks_skill: 'Lacks a skill that it asks for',
};

/** Most are on the first lines; a company of a thousand agents is not a list to read. */
const MOST_ROWS = 25;

interface AssignmentDetailsProps {
  decision: AssignmentDecision;
  winner: number | null;
}

/** Candidates with their standings, who was left out and why, and the tie-break. */
export function AssignmentDetails({ decision, winner }: AssignmentDetailsProps) {
  const me = useMe();
  const { policy, rule, candidates, excluded, tied_with, leads_together } = decision;
  const sorted = [...candidates].sort(
    (a, b) =>
      Number(b.agent_id === winner) - Number(a.agent_id === winner) ||
      a.deviation_before - b.deviation_before,
  );
  const name = policy.name ?? `Policy ${policy.id}`;
  return (
    <div className={classes.details}>
      <dl className={classes.facts}>
        <dt>Policy</dt>
        <dd>
          {isLeader(me) ? (
            <Link
              to="/distribution/policies/$policyId"
              params={{ policyId: String(policy.id) }}
              search={policy.version === null ? {} : { version: String(policy.version) }}
            >
              {name}
            </Link>
          ) : (
            name
          )}
          {policy.version !== null && `, version ${policy.version}`}
        </dd>
        <dt>How</dt>
        <dd>{RULES[rule]}</dd>
        {leads_together > 1 && (
          <>
            <dt>Together with</dt>
            <dd>{counted(leads_together - 1, 'other lead')}</dd>
          </>
        )}
        <dt>Tie-break</dt>
        <dd>
          {tied_with === 0
            ? 'None was needed'
            : `${counted(tied_with, 'other agent')} equally near; the turn went round by rotation`}
        </dd>
      </dl>
      <h3 className={classes.heading}>Candidates and their standing before</h3>
      <ul className={classes.agents}>
        {sorted.slice(0, MOST_ROWS).map((candidate) => (
          <li key={candidate.agent_id} data-winner={candidate.agent_id === winner || undefined}>
            <span>
              {candidate.full_name ?? `Agent ${candidate.agent_id}`}
              {candidate.agent_id === winner && (
                <Text span size="xs" c="dimmed">
                  {' '}
                  got it
                </Text>
              )}
            </span>
            <DeviationBar deviation={candidate.deviation_before} />
          </li>
        ))}
      </ul>
      {sorted.length > MOST_ROWS && (
        <Text size="xs" c="dimmed">
          And {sorted.length - MOST_ROWS} more.
        </Text>
      )}
      {excluded.length > 0 && (
        <>
          <h3 className={classes.heading}>Left out</h3>
          <dl className={classes.facts}>
            {byReason(excluded).map(([reason, names]) => (
              <div key={reason} className={classes.excluded}>
                <dt>{EXCLUSIONS[reason] ?? words(reason)}</dt>
                <dd>{names.join(', ')}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}

function byReason(excluded: readonly ExcludedAgent[]): [string, string[]][] {
  const reasons = new Map<string, string[]>();
  for (const { agent_id, full_name, reason } of excluded)
    reasons.set(reason, [...(reasons.get(reason) ?? []), full_name ?? `Agent ${agent_id}`]);
  return [...reasons].map(([reason, names]) => [
    reason,
    names.length > MOST_ROWS ? [...names.slice(0, MOST_ROWS), `${names.length - MOST_ROWS} more`] : names,
  ]);
}
