import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { SimulateDto } from '@/lib/api/schema';

/** Writes nothing, so nothing is loaded anew. */
export function useRehearsal() {
  return useMutation({
    mutationFn: (body: SimulateDto) => answerOf(api.POST('/api/v1/distribution/simulate', { body })),
  });
}
