import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { LeadResponse, UpdateLeadDto } from '@/lib/api/schema';
import { putLead } from './lead-cache';

export interface LeadEdit {
  /** As it was when the edit began; another version on the server answers 412. */
  lead: LeadResponse;
  changes: UpdateLeadDto;
}

export function useUpdateLead() {
  return useMutation({
    mutationFn: ({ lead, changes }: LeadEdit) =>
      answerOf(
        api.PUT('/api/v1/leads/{id}', {
          params: { path: { id: lead.id }, header: { 'If-Match': `"${lead.version}"` } },
          body: changes,
        }),
      ),
    onSuccess: putLead,
  });
}
