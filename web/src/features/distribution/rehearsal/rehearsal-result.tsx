import { Alert, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { Figure, Figures } from '@/components/figures';
import type { SimulationResponse } from '@/lib/api/schema';
import { count, counted } from '@/lib/format';
import { signed } from '../words';
import { AgentTable } from './agent-table';
import { comparedAgents, comparedReasons, unassignedOf } from './compared';
import { ComparedBars } from './compared-bars';
import { ReasonTable } from './reason-table';
import classes from './rehearsal.module.css';

/** More bars than this are no picture any more; the table has everybody. */
const MOST_BARS = 20;

/** The rules in force and the draft, side by side. */
export function RehearsalResult({ result, isPast }: { result: SimulationResponse; isPast: boolean }) {
  const [view, setView] = useState<'charts' | 'tables'>('charts');
  const agents = comparedAgents(result);
  const reasons = comparedReasons(result);
  const drawn = agents
    .filter(({ active, draft }) => active.leads + draft.leads > 0)
    .slice(0, MOST_BARS)
    .map(({ name, active, draft }) => ({ name, active: active.leads, draft: draft.leads }));
  if (result.leads === 0)
    return (
      <Text size="sm" c="dimmed">
        {isPast
          ? 'No lead was entered in that period.'
          : 'No lead waits in the pool: there is nothing to give out.'}
      </Text>
    );
  return (
    <section aria-label="Result of the rehearsal">
      {result.is_truncated && (
        <Alert color="yellow" mb="sm">
          There are more leads than a rehearsal looks at; it took the first {count(result.leads)}.
        </Alert>
      )}
      <DraftFigures result={result} />
      <div className={classes.head}>
        <h3 className={classes.heading}>Leads per agent</h3>
        <SegmentedControl
          size="xs"
          aria-label="Show as"
          value={view}
          onChange={(next) => setView(next as 'charts' | 'tables')}
          data={[
            { value: 'charts', label: 'Chart' },
            { value: 'tables', label: 'Table' },
          ]}
        />
      </div>
      {view === 'charts' ? (
        drawn.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nobody would get a lead under either.
          </Text>
        ) : (
          <ComparedBars rows={drawn} label="Leads per agent, in force and draft" />
        )
      ) : (
        <AgentTable agents={agents} />
      )}
      {view === 'charts' && agents.length > MOST_BARS && (
        <Text size="xs" c="dimmed">
          The {MOST_BARS} with the most leads; the table has all {count(agents.length)}.
        </Text>
      )}
      {reasons.length > 0 && (
        <>
          <div className={classes.head}>
            <h3 className={classes.heading}>Leads that find nobody, by reason</h3>
          </div>
          {view === 'charts' ? (
            <ComparedBars
              rows={reasons.map(({ reason, active, draft }) => ({ name: reason, active, draft }))}
              label="Unassigned leads by reason, in force and draft"
            />
          ) : (
            <ReasonTable reasons={reasons} />
          )}
        </>
      )}
    </section>
  );
}

/** A tenth of a win is noise. */
const NOTICED = 0.05;

function DraftFigures({ result: { leads, active, draft } }: { result: SimulationResponse }) {
  const wins = draft.expected_wins - active.expected_wins;
  const verdict = wins < -NOTICED ? classes.worse : wins > NOTICED ? classes.better : undefined;
  return (
    <Figures label="Draft against the rules in force">
      <Figure
        label="Assigned"
        value={count(draft.assigned)}
        note={`${count(active.assigned)} in force · of ${counted(leads, 'lead')}`}
      />
      <Figure
        label="Find nobody"
        value={count(unassignedOf(draft))}
        note={`${count(unassignedOf(active))} in force`}
      />
      <Figure
        label="Expected wins"
        value={draft.expected_wins.toFixed(1)}
        note={
          <>
            {active.expected_wins.toFixed(1)} in force · <span className={verdict}>{signed(wins, 1)}</span>
          </>
        }
      />
      <Figure
        label="Largest deviation"
        value={draft.largest_deviation.toFixed(2)}
        note={`${active.largest_deviation.toFixed(2)} in force`}
      />
    </Figures>
  );
}
