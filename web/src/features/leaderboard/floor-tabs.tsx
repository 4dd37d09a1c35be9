import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';

const PAGES = [
  { to: '/leaderboard', label: 'Leaderboard' },
  { to: '/contests', label: 'Contests' },
  { to: '/kudos', label: 'Kudos' },
] as const;

export type FloorPage = (typeof PAGES)[number]['to'];

/** The pages about how people stand, beside each other. */
export function FloorTabs({ page }: { page: FloorPage }) {
  const navigate = useNavigate();
  return (
    <Tabs value={page} onChange={(to) => void navigate({ to: to as FloorPage, search: {} })} px="md" mb="md">
      <Tabs.List aria-label="Leaderboards, contests, kudos">
        {PAGES.map(({ to, label }) => (
          <Tabs.Tab key={to} value={to} aria-controls="content">
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
