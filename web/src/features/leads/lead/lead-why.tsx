import { Anchor, Badge, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { LeadAssignment, LeadResponse } from '@/lib/api/schema';
import { useAssignments } from '../api/use-assignments';
import { AssignmentDetails } from './assignment-details';
import classes from './lead-why.module.css';

const KINDS: Readonly<Record<LeadAssignment['kind'], string>> = {
  rules: 'By rules',
  claimed: 'Claimed',
  assigned: 'By hand',
  returned: 'Returned',
  transferred: 'Transferred',
  recycled: 'Taken back',
  undone: 'Undone',
  released: 'Released',
};

/** Why the lead is where it is: a sentence, and everything that decided it. */
export function LeadWhy({ lead }: { lead: LeadResponse }) {
  const why = useAssignments(lead.id);
  if (why.isPending) return <LoadingRows rows={4} />;
  if (why.isError) return <ErrorState error={why.error} onRetry={() => void why.refetch()} />;
  const { sentence, assignments } = why.data;
  return (
    <>
      <p className={classes.sentence}>{sentence}</p>
      {assignments.length === 0 ? (
        <Text size="sm" c="dimmed">
          It has not changed hands yet.
        </Text>
      ) : (
        <ol className={classes.list}>
          {assignments.map((assignment, index) => (
            <Assignment
              key={`${assignment.at} ${assignment.kind}`}
              assignment={assignment}
              // The newest is what the sentence above is about.
              isOpen={index === 0}
            />
          ))}
        </ol>
      )}
    </>
  );
}

function Assignment({ assignment, isOpen }: { assignment: LeadAssignment; isOpen: boolean }) {
  const [isShown, setShown] = useState(isOpen);
  const { kind, at, agent_name, sentence, decision } = assignment;
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <Text size="sm" fw={500}>
          {agent_name ?? 'The pool'}
        </Text>
        <Badge size="sm" radius="sm" variant="default">
          {KINDS[kind]}
        </Badge>
        <Text size="xs" c="dimmed">
          <When time={at} />
        </Text>
      </div>
      {!isOpen && (
        <Text size="sm" mt={2}>
          {sentence}
        </Text>
      )}
      {decision && (
        <>
          <Anchor
            component="button"
            type="button"
            size="xs"
            aria-expanded={isShown}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? 'Hide what decided it' : 'Show what decided it'}
          </Anchor>
          {isShown && <AssignmentDetails decision={decision} winner={assignment.agent_id} />}
        </>
      )}
    </li>
  );
}
