import { useForm } from '@mantine/form';
import type { PolicyRulesDto } from '@/lib/api/schema';
import { draftOf, type PolicyDraft } from './draft';
import { faultsIn } from './draft-check';

export function usePolicyForm(base: PolicyRulesDto, isNew: boolean) {
  return useForm<PolicyDraft>({
    initialValues: draftOf(base),
    validate: (draft) => faultsIn(draft, isNew),
    validateInputOnBlur: true,
  });
}

export type PolicyForm = ReturnType<typeof usePolicyForm>;
