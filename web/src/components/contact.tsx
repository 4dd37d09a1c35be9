import { ActionIcon, Anchor, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconPhone } from '@tabler/icons-react';
import { dialLink } from '@/lib/format';

export function CopyIcon({ value, label }: { value: string; label: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${label}`}>
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={`Copy ${label}`} onClick={copy}>
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** A number to click for a call. */
export function PhoneLink({ phone }: { phone: string }) {
  return (
    <Anchor
      href={dialLink(phone)}
      size="sm"
      onClick={(event) => event.stopPropagation()}
      aria-label={`Call ${phone}`}
    >
      <Group gap={5} wrap="nowrap" component="span">
        <IconPhone size={13} aria-hidden />
        {phone}
      </Group>
    </Anchor>
  );
}
