import { Box, Button } from '@mantine/core';
import { IconHeart } from '@tabler/icons-react';
import { useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { FloorTabs } from './floor-tabs';
import { KudosDialog } from './kudos/kudos-dialog';
import { KudosList } from './kudos/kudos-list';

const SHOWN = 100;

/** Thanks between people, the newest first. */
export function KudosPage() {
  const [isGiving, setGiving] = useState(false);
  return (
    <>
      <PageHeader title="Kudos">
        <Button leftSection={<IconHeart size={16} aria-hidden />} onClick={() => setGiving(true)}>
          Give kudos
        </Button>
      </PageHeader>
      <FloorTabs page="/kudos" />
      <Box px="md" pb="xl">
        <KudosList limit={SHOWN} />
      </Box>
      {isGiving && <KudosDialog onClose={() => setGiving(false)} />}
    </>
  );
}
