import { Button, Stack, TagsInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { fieldErrorsOf } from '@/lib/api/problem';
import type { AgentSkillsNow } from '@/lib/api/schema';
import { sayDone, sayFailed } from '@/lib/undo';
import { useSaveSkills } from '../api/use-overview';

const LANGUAGES = ['english', 'spanish', 'mandarin', 'vietnamese', 'tagalog', 'korean', 'russian', 'french'];

/** What somebody speaks and knows; rules of policies ask for it. */
export function SkillsForm({ agentId, skills }: { agentId: number; skills: AgentSkillsNow }) {
  const save = useSaveSkills(agentId);
  const [languages, setLanguages] = useState(skills.languages);
  const [specialties, setSpecialties] = useState(skills.specialties);
  const refused = fieldErrorsOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { languages, specialties },
      { onSuccess: () => sayDone('Skills are saved'), onError: sayFailed },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TagsInput
          label="Languages"
          data={LANGUAGES}
          value={languages}
          error={refused['languages']}
          onChange={setLanguages}
        />
        <TagsInput
          label="Specialties"
          value={specialties}
          error={refused['specialties']}
          onChange={setSpecialties}
        />
        <div>
          <Button type="submit" variant="light" loading={save.isPending}>
            Save skills
          </Button>
        </div>
      </Stack>
    </form>
  );
}
