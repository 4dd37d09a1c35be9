import { Button, CloseButton, Group, Menu, Popover, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { useMe } from '@/lib/api/session';
import { isNarrowed, type LeadSearch } from '@/lib/lead-search';
import { isLeader, useNameOf } from '@/lib/people';
import { useResultCount } from '../api/use-result-count';
import classes from './filter-bar.module.css';
import { FilterEditor } from './filter-editor';
import { described, FILTERS, type FilterKind, isSet, without } from './filter-kinds';

/** Long enough for a word to be typed, short enough to seem at once. */
const TYPING_MS = 180;

interface FilterBarProps {
  search: LeadSearch;
  onChange: (search: LeadSearch) => void;
  searchInput?: RefObject<HTMLInputElement | null>;
  /** Beside the filters: what else the page lets one choose. */
  children?: ReactNode;
}

/** Words to find and a chip for each filter that is set. */
export function FilterBar({ search, onChange, searchInput, children }: FilterBarProps) {
  const me = useMe();
  const nameOf = useNameOf();
  const [opened, setOpened] = useState<FilterKind | null>(null);
  const [isChoosing, setChoosing] = useState(false);
  const offered = FILTERS.filter(
    (filter) => isLeader(me) || (filter.kind !== 'agent' && !isForLeaders(filter)),
  );
  const chips = offered.filter((filter) => isSet(filter, search) || filter === opened);
  return (
    <Group className={classes.bar} gap="xs">
      <SearchInput value={search.q ?? ''} onChange={(q) => onChange({ ...search, q })} input={searchInput} />
      {chips.map((filter) => (
        <Chip
          key={filter.name}
          filter={filter}
          text={isSet(filter, search) ? described(filter, search, nameOf) : filter.label}
          isOpen={opened === filter}
          onOpen={(open) => setOpened(open ? filter : null)}
          onRemove={() => {
            setOpened(null);
            onChange(without(filter, search));
          }}
        >
          <FilterEditor
            filter={filter}
            search={search}
            isOpen={opened === filter}
            onChange={(change) => onChange({ ...search, ...change })}
          />
        </Chip>
      ))}
      <Menu
        position="bottom-start"
        shadow="md"
        withInitialFocusPlaceholder={false}
        opened={isChoosing}
        onChange={setChoosing}
      >
        <Menu.Target>
          <Button variant="subtle" color="gray" size="sm" leftSection={<IconFilter size={15} aria-hidden />}>
            Filter
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered
            .filter((filter) => !chips.includes(filter))
            .map((filter) => (
              <Menu.Item
                key={filter.name}
                rightSection={
                  filter.kind === 'flag' && <FlagCount filter={filter} search={search} isShown={isChoosing} />
                }
                onClick={() =>
                  filter.kind === 'flag' ? onChange({ ...search, [filter.name]: 'true' }) : setOpened(filter)
                }
              >
                {filter.label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {isNarrowed(search) && (
        <Button variant="subtle" color="gray" size="sm" onClick={() => onChange({ sort: search.sort })}>
          Clear
        </Button>
      )}
      <span className={classes.space} />
      {children}
    </Group>
  );
}

interface FlagCountProps {
  filter: Extract<FilterKind, { kind: 'flag' }>;
  search: LeadSearch;
  isShown: boolean;
}

/** How many leads there would be. */
function FlagCount({ filter, search, isShown }: FlagCountProps) {
  const found = useResultCount({ ...search, [filter.name]: 'true' }, isShown);
  return (
    <Text span size="xs" c="dimmed" ml="md">
      {found}
    </Text>
  );
}

const isForLeaders = (filter: FilterKind): boolean => filter.kind === 'flag' && filter.leadersOnly === true;

interface ChipProps {
  filter: FilterKind;
  text: string;
  isOpen: boolean;
  onOpen: (open: boolean) => void;
  onRemove: () => void;
  children: ReactNode;
}

function Chip({ filter, text, isOpen, onOpen, onRemove, children }: ChipProps) {
  return (
    <span className={classes.chip}>
      <Popover opened={isOpen} onChange={onOpen} position="bottom-start" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={classes.chipText} onClick={() => onOpen(!isOpen)}>
            {text}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={filter.label}>{children}</Popover.Dropdown>
      </Popover>
      <CloseButton
        size={24}
        iconSize={13}
        aria-label={`Remove the filter ${filter.label}`}
        onClick={onRemove}
      />
    </span>
  );
}

interface SearchInputProps {
  value: string;
  onChange: (value: string | undefined) => void;
  input?: RefObject<HTMLInputElement | null>;
}

function SearchInput({ value, onChange, input }: SearchInputProps) {
  const [typed, setTyped] = useState(value);
  // The address may change otherwise: by going back, or by clearing the filters.
  useEffect(() => setTyped((before) => (before.trim() === value ? before : value)), [value]);
  const search = useDebouncedCallback((text: string) => onChange(text.trim() || undefined), TYPING_MS);
  return (
    <TextInput
      ref={input}
      className={classes.search}
      type="search"
      size="sm"
      aria-label="Search leads"
      placeholder="Search by name, phone, NPI, city"
      leftSection={<IconSearch size={15} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
