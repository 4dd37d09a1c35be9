import { Confirm } from '@/components/confirm';
import type { UserResponse } from '@/lib/api/schema';
import { sayDone, sayFailed } from '@/lib/undo';
import { useResetSecondFactor, useResetSingleSignOn } from './use-users';

/** What of somebody's sign-in an admin takes away, so that they can set it up anew. */
export type ResetOfSignIn = 'second-factor' | 'single-sign-on';

const WORDS = {
  'second-factor': {
    title: 'Reset the second factor of',
    done: 'signs in without a code now',
    text: 'For whoever lost their phone and recovery codes; make sure that it is them. Where they had one, they are signed out everywhere.',
  },
  'single-sign-on': {
    title: 'Reset single sign-on of',
    done: 'can sign in with another account there',
    text: 'For whoever got another account at the company’s provider. The next one with their verified address becomes theirs; where they had one, they are signed out everywhere.',
  },
} as const;

interface Props {
  what: ResetOfSignIn;
  user: UserResponse;
  onClose: () => void;
}

export function ResetOfSignInDialog({ what, user, onClose }: Props) {
  const secondFactor = useResetSecondFactor();
  const singleSignOn = useResetSingleSignOn();
  const reset = what === 'second-factor' ? secondFactor : singleSignOn;
  const { title, done, text } = WORDS[what];
  return (
    <Confirm
      opened
      title={`${title} ${user.full_name}?`}
      confirm="Reset"
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        // This dialog is gone by then.
        void reset.mutateAsync(user.id).then(() => sayDone(`${user.full_name} ${done}`), sayFailed);
      }}
    >
      {text}
    </Confirm>
  );
}
