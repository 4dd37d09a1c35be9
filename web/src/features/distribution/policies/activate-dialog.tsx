import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { messageOf } from '@/lib/api/problem';
import type { PolicyResponse, PolicyVersionResponse } from '@/lib/api/schema';
import { sayDone } from '@/lib/undo';
import { usePolicyStep } from '../api/use-policies';
import { RuleChanges } from '../rules/rule-changes';
import { versionInForce } from './versions';

interface StepDialogProps {
  policy: PolicyResponse;
  version: PolicyVersionResponse;
  onClose: () => void;
}

/** Shows what changes before it changes. */
export function ActivateDialog({ policy, version, onClose }: StepDialogProps) {
  const step = usePolicyStep(policy.id);
  const active = versionInForce(policy);
  const activate = () =>
    step.mutate(
      { kind: 'activate', version: version.version },
      {
        onSuccess: () => {
          sayDone(`Version ${version.version} is in force`);
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={`Activate version ${version.version}?`} size="lg" centered>
      <Stack gap="md">
        {step.error && (
          <Alert color="red" role="alert">
            {messageOf(step.error)}
          </Alert>
        )}
        <Text size="sm">
          {active
            ? `It takes the place of version ${active.version} at once and decides about every lead from now on. Leads that are given out stay where they are, and everybody keeps their standing. You can roll back.`
            : 'The policy comes into force at once and decides about every lead that it takes from now on.'}
        </Text>
        {active && (
          <RuleChanges
            before={active.rules}
            after={version.rules}
            same="Its rules are the same as those in force."
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={activate} loading={step.isPending} data-autofocus>
            Activate
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
