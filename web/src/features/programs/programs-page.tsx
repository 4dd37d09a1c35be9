import { Anchor, Box, Tabs, Text } from '@mantine/core';
import { PageHeader } from '@/components/page-header';
import { useMe } from '@/lib/api/session';
import { ApiKeyList } from './api-key-list';
import { WebhookList } from './webhook-list';

/** What programs may do with Rota: keys to call it, webhooks to be called. */
export function ProgramsPage() {
  const me = useMe();
  return (
    <>
      <PageHeader title="Programs" />
      <Box px="md" pb={60} maw={920}>
        <Text size="sm" c="dimmed" mb="md">
          For what is connected with Rota. The API is documented at{' '}
          <Anchor href="/docs" size="sm" underline="always" target="_blank">
            /docs
          </Anchor>
          , the live events at{' '}
          <Anchor href="/asyncapi.json" size="sm" underline="always" target="_blank">
            /asyncapi.json
          </Anchor>
          .
        </Text>
        {me.role === 'admin' ? (
          <Tabs defaultValue="keys" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="keys">API keys</Tabs.Tab>
              <Tabs.Tab value="webhooks">Webhooks</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="keys">
              <ApiKeyList />
            </Tabs.Panel>
            <Tabs.Panel value="webhooks">
              <WebhookList />
            </Tabs.Panel>
          </Tabs>
        ) : (
          <ApiKeyList />
        )}
      </Box>
    </>
  );
}
