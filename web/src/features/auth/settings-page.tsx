import { Box, Button, SegmentedControl, Stack, Text, Title, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { PageHeader } from '@/components/page-header';
import { LoadingRows } from '@/components/states';
import { signOut, useMe } from '@/lib/api/session';
import { fullTime, words } from '@/lib/format';
import { isLeader } from '@/lib/people';
import { useChangePreferences } from '@/lib/preferences';
import { type Density, density, timeZone } from '@/lib/settings';
import { useStore } from '@/lib/store';
import { sayDone } from '@/lib/undo';
import { ChangePasswordForm } from './change-password-form';
import { NotificationSettings } from './notification-settings';
import { SessionList } from './session-list';
import { TimeZoneSelect } from './time-zone-select';

const SecondFactorSettings = lazy(async () => ({
  default: (await import('./second-factor/second-factor-settings')).SecondFactorSettings,
}));

export function SettingsPage() {
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const rows = useStore(density);
  const zone = useStore(timeZone);
  const preferences = useChangePreferences();
  return (
    <>
      <PageHeader title="My settings" />
      <Stack px="md" pb={60} gap={36} maw={760}>
        <Section title={me.full_name} text={`${words(me.role)} · ${me.username} · ${me.email}`}>
          <Button variant="default" onClick={() => void signOut()}>
            Sign out
          </Button>
        </Section>
        {isLeader(me) && (
          <Section title="Scoring rules" text="By which leads get their score and priority.">
            <Button variant="default" renderRoot={(props) => <Link to="/scoring" {...props} />}>
              See the rules
            </Button>
          </Section>
        )}
        <Section title="Theme" text="System follows the device. Kept for all your devices.">
          <SegmentedControl
            aria-label="Theme"
            value={colorScheme}
            onChange={(value) => {
              setColorScheme(value as 'light' | 'dark' | 'auto');
              preferences.mutate({ theme: value as 'light' | 'dark' | 'auto' });
            }}
            data={[
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
              { value: 'auto', label: 'System' },
            ]}
          />
        </Section>
        <Section
          title="Rows"
          text="How close together leads are listed, where a view does not say otherwise."
        >
          <SegmentedControl
            aria-label="Row height"
            value={rows}
            onChange={(value) => {
              density.set(value as Density);
              preferences.mutate({ density: value as Density });
            }}
            data={[
              { value: 'compact', label: 'Compact' },
              { value: 'comfortable', label: 'Comfortable' },
            ]}
          />
        </Section>
        <Section title="Notifications" text="What you are told of, here and at your next sign-in.">
          <NotificationSettings />
        </Section>
        <Section
          title="Time zone"
          text={`All times are shown in it. It is ${fullTime(new Date().toISOString())} there now.`}
        >
          <TimeZoneSelect
            value={zone}
            onChange={(chosen) => {
              timeZone.set(chosen);
              preferences.mutate({ time_zone: chosen });
            }}
          />
        </Section>
        <Section title="Password" text="Your other sessions end when you change it.">
          <ChangePasswordForm onDone={() => sayDone('Your password is changed')} />
        </Section>
        <Section
          title="Second factor"
          text="A code of an app on your phone, beside the password: without your phone nobody signs in as you."
        >
          <Suspense fallback={<LoadingRows rows={1} />}>
            <SecondFactorSettings />
          </Suspense>
        </Section>
        <Section title="Sessions" text="Where you are signed in. End what you do not know.">
          <SessionList />
        </Section>
      </Stack>
    </>
  );
}

function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={2} size="h5">
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {text}
      </Text>
      <Box>{children}</Box>
    </section>
  );
}
