import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet, IconFileText, IconHistory, IconJson } from '@tabler/icons-react';
import { useState } from 'react';
import type { CreateExportDto } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { counted } from '@/lib/format';
import { DEFAULT_SORT, filterForBody, type LeadSearch } from '@/lib/lead-search';
import { isLeader } from '@/lib/people';
import { ExportList } from './export-list';
import { runExport } from './run-export';

const FORMATS = [
  { format: 'csv', label: 'CSV', icon: IconFileText },
  { format: 'xlsx', label: 'Excel', icon: IconFileSpreadsheet },
  { format: 'jsonl', label: 'JSON lines', icon: IconJson },
] as const;

interface ExportMenuProps {
  search: LeadSearch;
  /** Ids of the columns on show. */
  columns: readonly string[];
  total: number;
  /** Where there is no room for words. */
  isSmall?: boolean;
}

/** The list on show as a file: its filter, order and columns. */
export function ExportMenu({ search, columns, total, isSmall }: ExportMenuProps) {
  const me = useMe();
  const [isListing, setListing] = useState(false);
  const wanted = columns
    .filter((id) => id !== 'ein' || isLeader(me))
    .map((id) => (id === 'assigned_user_id' ? 'agent_name' : id));
  const start = (format: CreateExportDto['format']) =>
    void runExport({
      format,
      filter: filterForBody(search),
      columns: wanted as CreateExportDto['columns'],
      sort: (search.sort ?? DEFAULT_SORT) as CreateExportDto['sort'],
    });
  return (
    <>
      <Menu shadow="md" position="bottom-end" width={220}>
        <Menu.Target>
          {isSmall ? (
            <ActionIcon variant="default" size={36} aria-label="Export">
              <IconDownload size={17} />
            </ActionIcon>
          ) : (
            <Button variant="default" size="sm" leftSection={<IconDownload size={16} aria-hidden />}>
              Export
            </Button>
          )}
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{counted(total, 'lead')}, the columns on show</Menu.Label>
          {FORMATS.map(({ format, label, icon: Icon }) => (
            <Menu.Item
              key={format}
              disabled={total === 0}
              leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
              onClick={() => start(format)}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconHistory size={16} stroke={1.6} aria-hidden />}
            onClick={() => setListing(true)}
          >
            Recent files
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isListing && <ExportList onClose={() => setListing(false)} />}
    </>
  );
}
