import '@mantine/spotlight/styles.css';
import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconBuildingHospital,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPencil,
  IconPhone,
  IconPhoneCheck,
  IconPlus,
  IconSun,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { activityDialog } from '@/lib/activity-log';
import { answerOf, api } from '@/lib/api/client';
import { signOut, useMe } from '@/lib/api/session';
import { currentLead } from '@/lib/current-lead';
import { dialLink, words } from '@/lib/format';
import { palette, quickCreate, shortcutList } from '@/lib/overlays';
import { useChangePreferences } from '@/lib/preferences';
import { DEEP_PLACES } from './deep-places';
import { PLACES } from './navigation';

const [store, actions] = createSpotlight();
const FOUND_LEADS = 7;

/** Go anywhere, find a lead, act on it. */
export function CommandPalette() {
  const [query, setQuery] = useState('');
  const groups = [...useCommands(query), ...useFoundLeads(query)].filter((group) => group.actions.length > 0);
  useEffect(() => {
    actions.open();
    return () => actions.close();
  }, []);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      attributes={{ content: { 'aria-label': 'Find or do' } }}
      shortcut={null}
      onSpotlightClose={() => palette.set(false)}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 80 }}
    >
      <Spotlight.Search
        placeholder="Find a lead by name, phone, NPI or city, or type a command"
        aria-label="Find or do"
      />
      <Spotlight.ActionsList>
        {groups.length === 0 && <Spotlight.Empty>Nothing fits</Spotlight.Empty>}
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.group} label={group.group}>
            {group.actions.map(({ id, ...action }) => (
              <Spotlight.Action key={id} {...action} highlightQuery={false} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useCommands(query: string): SpotlightActionGroupData[] {
  const me = useMe();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const preferences = useChangePreferences();
  const places = [...PLACES, ...DEEP_PLACES]
    .filter(({ roles }) => roles.includes(me.role))
    .map(({ to, label, icon: Icon }) => ({
      id: label,
      label: `Go to ${label}`,
      leftSection: <Icon size={18} stroke={1.6} />,
      onClick: () => void navigate({ to: to as '/leads', search: {} }),
    }));
  const other = colorScheme === 'dark' ? 'light' : 'dark';
  const commands = [
    ...places,
    {
      id: 'new',
      label: 'New lead',
      leftSection: <IconPlus size={18} />,
      onClick: () => quickCreate.set(true),
    },
    {
      id: 'log',
      label: 'Log an activity',
      leftSection: <IconPhoneCheck size={18} />,
      onClick: () => activityDialog.set({ lead: currentLead.get() }),
    },
    {
      id: 'theme',
      label: `Use the ${other} theme`,
      leftSection: other === 'dark' ? <IconMoon size={18} /> : <IconSun size={18} />,
      onClick: () => {
        setColorScheme(other);
        preferences.mutate({ theme: other });
      },
    },
    {
      id: 'keys',
      label: 'Keyboard shortcuts',
      leftSection: <IconKeyboard size={18} />,
      onClick: () => shortcutList.set(true),
    },
    { id: 'out', label: 'Sign out', leftSection: <IconLogout size={18} />, onClick: () => void signOut() },
  ];
  const wanted = query.trim().toLowerCase();
  return [
    { group: 'Commands', actions: commands.filter(({ label }) => label.toLowerCase().includes(wanted)) },
  ];
}

function useFoundLeads(query: string): SpotlightActionGroupData[] {
  const navigate = useNavigate();
  const [wanted] = useDebouncedValue(query.trim(), 150);
  const { data } = useQuery({
    queryKey: ['leads', 'found', wanted],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/leads', {
          params: { query: { q: wanted, show_all: true, limit: FOUND_LEADS } },
          signal,
        }),
      ),
    enabled: wanted.length >= 2,
    placeholderData: keepPreviousData,
  });
  if (query.trim().length < 2 || !data) return [];
  const [first] = data.leads;
  const open = (id: number, edit?: boolean) =>
    void navigate({
      to: '/leads/$leadId',
      params: { leadId: String(id) },
      search: edit ? { edit: 'true' } : {},
    });
  return [
    {
      group: 'Leads',
      actions: data.leads.map((lead) => ({
        id: String(lead.id),
        label: lead.practice_name ?? lead.owner_name ?? `Lead ${lead.id}`,
        description: [words(lead.status), lead.city, lead.state, lead.practice_phone]
          .filter(Boolean)
          .join(' · '),
        leftSection: <IconBuildingHospital size={18} stroke={1.6} />,
        onClick: () => open(lead.id),
      })),
    },
    {
      group: `With ${first?.practice_name ?? 'the first'}`,
      actions: first
        ? [
            {
              id: 'edit',
              label: 'Edit',
              leftSection: <IconPencil size={18} />,
              onClick: () => open(first.id, true),
            },
            ...[first.practice_phone]
              .filter((phone) => phone !== null)
              .map((phone) => ({
                id: 'call',
                label: `Call ${phone}`,
                leftSection: <IconPhone size={18} />,
                onClick: () => window.location.assign(dialLink(phone)),
              })),
          ]
        : [],
    },
  ];
}
