import { Group, Kbd, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { shortcutList } from '@/lib/overlays';

const GROUPS: readonly { title: string; keys: readonly [string[], string][] }[] = [
  {
    title: 'Everywhere',
    keys: [
      [['Ctrl', 'K'], 'Find or do anything'],
      [['l'], 'Log an activity (then Enter: a call)'],
      [['c'], 'New lead'],
      [['g', 'd'], 'Go to my day'],
      [['g', 'h'], 'Go to the leaderboard'],
      [['g', 'a'], 'Go to analytics'],
      [['g', 'l'], 'Go to leads'],
      [['g', 'b'], 'Go to the board'],
      [['g', 'p'], 'Go to the pool and its distribution'],
      [['g', 't'], 'Go to the team'],
      [['g', 'u'], 'Go to users'],
      [['g', 's'], 'Go to my settings'],
      [['?'], 'This list'],
    ],
  },
  {
    title: 'In the list of leads',
    keys: [
      [['j'], 'Next lead (or ↓)'],
      [['k'], 'Lead before (or ↑)'],
      [['Enter'], 'Open the lead'],
      [['e'], 'Edit the lead'],
      [['x'], 'Select the lead'],
      [['Esc'], 'Select nothing'],
      [['/'], 'Search'],
    ],
  },
  {
    title: 'On the page of a lead',
    keys: [
      [['j'], 'Next lead of the list'],
      [['k'], 'Lead before'],
      [['e'], 'Edit'],
      [['w'], 'Why me? Who got it and why'],
      [['a'], 'Log an activity'],
    ],
  },
  {
    title: 'In my day',
    keys: [
      [['j'], 'Next thing to do (or ↓)'],
      [['k'], 'The one before (or ↑)'],
      [['c'], 'Log the call, complete the task'],
      [['r'], 'Move it to another time'],
      [['Enter'], 'Open the lead'],
    ],
  },
  {
    title: 'Among the duplicates',
    keys: [
      [['j'], 'Next pair'],
      [['k'], 'Pair before'],
      [['m'], 'Merge them'],
      [['d'], 'They are two practices'],
    ],
  },
  {
    title: 'On the board',
    keys: [
      [['←', '→'], 'Another column'],
      [['↑', '↓'], 'Another card'],
      [['Alt', '→'], 'Move the card on (Alt ← back)'],
      [['Enter'], 'Open the lead'],
    ],
  },
  {
    title: 'In a form',
    keys: [
      [['Ctrl', 'Enter'], 'Save'],
      [['Esc'], 'Close; unsaved changes are asked about'],
    ],
  },
];

export function ShortcutList() {
  return (
    <Modal opened onClose={() => shortcutList.set(false)} title="Keyboard shortcuts" size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {GROUPS.map(({ title, keys }) => (
          <Stack key={title} gap={6}>
            <Text size="sm" fw={600}>
              {title}
            </Text>
            {keys.map(([combination, meaning]) => (
              <Group key={meaning} justify="space-between" wrap="nowrap">
                <Text size="sm">{meaning}</Text>
                <Group gap={4} wrap="nowrap">
                  {combination.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </Group>
              </Group>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  );
}
