import {
  ActionIcon,
  Button,
  Checkbox,
  Divider,
  Group,
  Popover,
  ScrollArea,
  SegmentedControl,
  Stack,
  Text,
} from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconChevronDown,
  IconChevronUp,
  IconPin,
  IconPinFilled,
} from '@tabler/icons-react';
import type { Density } from '@/lib/settings';
import { COLUMN, NAME_COLUMN } from './columns';
import type { LeadColumns } from './use-columns';

interface ColumnsMenuProps {
  columns: LeadColumns;
  onDensity: (rows: Density) => void;
}

/** Which columns, in which order, and how high the rows are. */
export function ColumnsMenu({ columns, onDensity }: ColumnsMenuProps) {
  const { table, pinned, rowHeight } = columns;
  const all = table.getAllLeafColumns();
  const move = (id: string, by: number) => {
    const order = all.map((column) => column.id);
    const from = order.indexOf(id);
    order.splice(from, 1);
    order.splice(Math.max(1, from + by), 0, id);
    table.setColumnOrder(order);
  };
  return (
    <Popover position="bottom-end" shadow="md" width={310} trapFocus>
      <Popover.Target>
        <Button variant="default" size="sm" leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}>
          Display
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Display">
        <Stack gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Row height"
            value={rowHeight}
            onChange={(value) => onDensity(value as Density)}
            data={[
              { value: 'compact', label: 'Compact' },
              { value: 'comfortable', label: 'Comfortable' },
            ]}
          />
          <Divider />
          <ScrollArea.Autosize mah={340} type="auto">
            {all.map((column, index) => {
              const label = COLUMN.get(column.id)?.label ?? column.id;
              const isFixed = column.id === NAME_COLUMN;
              return (
                <Group key={column.id} justify="space-between" wrap="nowrap" h={30} pr="sm">
                  <Checkbox
                    size="xs"
                    label={label}
                    disabled={isFixed}
                    checked={column.getIsVisible()}
                    onChange={column.getToggleVisibilityHandler()}
                  />
                  {!isFixed && (
                    <Group gap={0} wrap="nowrap">
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size={24}
                        aria-label={`Keep ${label} at the left`}
                        aria-pressed={pinned.includes(column.id)}
                        onClick={() => columns.setPinned(column.id, !pinned.includes(column.id))}
                      >
                        {pinned.includes(column.id) ? <IconPinFilled size={14} /> : <IconPin size={14} />}
                      </ActionIcon>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size={24}
                        aria-label={`Move ${label} to the left`}
                        disabled={index === 1}
                        onClick={() => move(column.id, -1)}
                      >
                        <IconChevronUp size={14} />
                      </ActionIcon>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size={24}
                        aria-label={`Move ${label} to the right`}
                        disabled={index === all.length - 1}
                        onClick={() => move(column.id, 1)}
                      >
                        <IconChevronDown size={14} />
                      </ActionIcon>
                    </Group>
                  )}
                </Group>
              );
            })}
          </ScrollArea.Autosize>
          <Divider />
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              Drag a column to move it, its edge to resize it
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={columns.reset}>
              Reset
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
