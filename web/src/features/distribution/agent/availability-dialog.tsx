import { Divider, Modal } from '@mantine/core';
import { ErrorState, LoadingRows } from '@/components/states';
import type { AgentOverview } from '@/lib/api/schema';
import { useAvailability } from '../api/use-availability';
import { HoursForm } from './hours-form';
import { SkillsForm } from './skills-form';

/** Hours, days off and skills of one agent, for those who lead them. */
export function AvailabilityDialog({ agent, onClose }: { agent: AgentOverview; onClose: () => void }) {
  const availability = useAvailability(agent.id);
  return (
    <Modal opened onClose={onClose} title={agent.name} size="lg">
      <SkillsForm agentId={agent.id} skills={agent.skills} />
      <Divider my="lg" />
      {availability.isPending && <LoadingRows rows={5} />}
      {availability.isError && (
        <ErrorState error={availability.error} onRetry={() => void availability.refetch()} />
      )}
      {availability.data && <HoursForm availability={availability.data} onDone={onClose} />}
    </Modal>
  );
}
