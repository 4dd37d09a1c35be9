import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { restoreSession } from '@/lib/api/session';
import { queryClient } from '@/lib/query-client';
import { App } from './app';
import { theme } from './theme';

void restoreSession();
// Not needed for the first page to show.
void import('./start-live').then(({ startLive }) => startLive());

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'rota.theme' })}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" zIndex={1100} />
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
