import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import { sayDone } from '@/lib/undo';
import { EnrolDialog } from './enrol-dialog';
import { PasswordAndCodeForm } from './password-and-code-form';
import { RecoveryCodes } from './recovery-codes';
import { useDisable, useRenewCodes, useSecondFactor } from './use-second-factor';

type Opened = 'enrol' | 'renew' | 'disable' | null;

/** Whether one's own sign-in takes a code, and how to change that. */
export function SecondFactorSettings() {
  const factor = useSecondFactor();
  const disable = useDisable();
  const renew = useRenewCodes();
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => {
    setOpened(null);
    disable.reset();
    renew.reset();
  };
  if (factor.isPending) return <LoadingRows rows={1} />;
  if (factor.isError) return <ErrorState error={factor.error} onRetry={() => void factor.refetch()} />;
  const { enabled, enabled_at, recovery_codes_left: left } = factor.data;
  return (
    <>
      {enabled ? (
        <>
          <Text size="sm" mb="sm">
            On, turned on {enabled_at && <When time={enabled_at} />}.{' '}
            {left === 0 ? 'No recovery codes are left.' : `${left} of 10 recovery codes are left.`}
          </Text>
          <Group gap="sm">
            <Button variant="default" onClick={() => setOpened('renew')}>
              New recovery codes
            </Button>
            <Button variant="default" color="red" onClick={() => setOpened('disable')}>
              Turn off
            </Button>
          </Group>
        </>
      ) : (
        <Button onClick={() => setOpened('enrol')}>Turn on</Button>
      )}
      {opened === 'enrol' && <EnrolDialog onClose={close} />}
      {opened === 'disable' && (
        <Modal opened onClose={close} title="Turn the second factor off" size="sm">
          <PasswordAndCodeForm
            submit="Turn off"
            error={disable.error}
            isPending={disable.isPending}
            onSubmit={(body) =>
              disable.mutate(body, {
                onSuccess: () => {
                  sayDone('The second factor is off');
                  close();
                },
              })
            }
          />
        </Modal>
      )}
      {opened === 'renew' && (
        <Modal opened onClose={close} title="New recovery codes" size="sm">
          {renew.data ? (
            <RecoveryCodes codes={renew.data.recovery_codes} onDone={close} />
          ) : (
            <PasswordAndCodeForm
              submit="Make new codes"
              error={renew.error}
              isPending={renew.isPending}
              onSubmit={(body) => renew.mutate(body)}
            />
          )}
        </Modal>
      )}
    </>
  );
}
