import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { DEFAULT_SORT } from '@/lib/lead-search';
import { COLUMNS } from './columns';

interface SortMenuProps {
  sort?: string;
  onSort: (sort: string) => void;
}

/** The order of the list where there is no room for a header; choosing the same again turns it round. */
export function SortMenu({ sort = DEFAULT_SORT, onSort }: SortMenuProps) {
  return (
    <Menu shadow="md" position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="Sort">
          <IconArrowsSort size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {COLUMNS.map(({ id, label, sort: by }) => {
          if (!by) return null;
          const isDown = sort === `-${by}`;
          const isChosen = isDown || sort === by;
          const Arrow = isDown ? IconArrowDown : IconArrowUp;
          return (
            <Menu.Item
              key={id}
              aria-current={isChosen || undefined}
              rightSection={
                isChosen && <Arrow size={14} role="img" aria-label={isDown ? 'descending' : 'ascending'} />
              }
              onClick={() => onSort(isDown ? by : `-${by}`)}
            >
              {label}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
