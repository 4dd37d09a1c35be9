import { useBlocker } from '@tanstack/react-router';
import { Confirm } from '@/components/confirm';

/** Asks before a page with unsaved changes is left, also when the window is closed. */
export function UnsavedGuard({ isDirty }: { isDirty: () => boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isDirty(),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  return (
    <Confirm
      opened={blocker.status === 'blocked'}
      title="Discard your changes?"
      confirm="Discard"
      onCancel={() => blocker.reset?.()}
      onConfirm={() => blocker.proceed?.()}
    >
      This draft has not been saved.
    </Confirm>
  );
}
