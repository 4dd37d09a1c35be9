import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconPlayerPause, IconTrash, IconVersions } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import type { PolicyResponse, PolicyVersionResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { sayDone, sayFailed } from '@/lib/undo';
import { useDeletePolicy, usePolicyStep } from '../api/use-policies';
import { mayChange } from './versions';

type Question = 'rollback' | 'deactivate' | 'delete';

const QUESTIONS: Readonly<Record<Question, { title: string; text: string; confirm: string }>> = {
  rollback: {
    title: 'Roll back to the version before?',
    text: 'The version that was in force before this one decides about the next leads. Leads that are given out stay where they are.',
    confirm: 'Roll back',
  },
  deactivate: {
    title: 'Take this policy out of force?',
    text: 'Leads that it takes now go by the next policy that takes them. Its versions stay.',
    confirm: 'Take out of force',
  },
  delete: {
    title: 'Delete this policy?',
    text: 'Its versions go with it. What it has decided stays in the log and can still be explained.',
    confirm: 'Delete',
  },
};

/** What can be done with a policy as a whole. */
export function PolicyActions({ policy, shown }: { policy: PolicyResponse; shown?: PolicyVersionResponse }) {
  const me = useMe();
  const navigate = useNavigate();
  const step = usePolicyStep(policy.id);
  const remove = useDeletePolicy();
  const [asked, setAsked] = useState<Question | null>(null);
  if (!mayChange(me, policy)) return null;
  const isInForce = policy.active_version !== null;

  const answer = (question: Question) => {
    setAsked(null);
    if (question === 'delete')
      return remove.mutate(policy.id, {
        onSuccess: () => {
          sayDone(`${policy.name} is deleted`);
          void navigate({ to: '/distribution/policies' });
        },
        onError: sayFailed,
      });
    step.mutate(
      { kind: question },
      {
        onSuccess: (after) =>
          sayDone(
            question === 'rollback'
              ? `Version ${after.active_version} is in force again`
              : `${policy.name} is out of force`,
          ),
        onError: sayFailed,
      },
    );
  };
  return (
    <>
      <Button
        component={Link}
        {...({
          to: '/distribution/policies/$policyId/edit',
          params: { policyId: String(policy.id) },
          search: shown ? { from: String(shown.version) } : {},
        } as object)}
        leftSection={<IconVersions size={16} aria-hidden />}
      >
        New version
      </Button>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label="More actions">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            disabled={!isInForce}
            onClick={() => setAsked('rollback')}
          >
            Roll back
          </Menu.Item>
          {!policy.is_default && (
            <Menu.Item
              leftSection={<IconPlayerPause size={14} aria-hidden />}
              disabled={!isInForce}
              onClick={() => setAsked('deactivate')}
            >
              Take out of force
            </Menu.Item>
          )}
          {!policy.is_default && (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={14} aria-hidden />}
              disabled={isInForce}
              onClick={() => setAsked('delete')}
            >
              {isInForce ? 'Delete (first take it out of force)' : 'Delete'}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <Confirm
          opened
          title={QUESTIONS[asked].title}
          confirm={QUESTIONS[asked].confirm}
          onCancel={() => setAsked(null)}
          onConfirm={() => answer(asked)}
        >
          {QUESTIONS[asked].text}
        </Confirm>
      )}
    </>
  );
}
