import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconStarFilled, IconUsers, IconWorld } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type MouseEvent, useState } from 'react';
import type { ViewResponse, ViewSettingsDto } from '@/lib/api/schema';
import { isNarrowed, type LeadSearch } from '@/lib/lead-search';
import { useChangePreferences, usePreferences } from '@/lib/preferences';
import { useCreateView, useDeleteView, useUpdateView } from './use-views';
import { ViewDialog } from './view-dialog';
import { isChanged, searchOfView } from './view-settings';
import classes from './views.module.css';

interface ViewTabsProps {
  views: readonly ViewResponse[];
  current: ViewResponse | undefined;
  search: LeadSearch;
  onShow: ViewSettingsDto;
  onChoose: (search: LeadSearch) => void;
  /** Shows the columns as they are saved. */
  onReset: () => void;
}

/** The saved views over the list, and what can be done with the one on show. */
export function ViewTabs({ views, current, search, onShow, onChoose, onReset }: ViewTabsProps) {
  const { data: preferences } = usePreferences();
  const [asks, setAsks] = useState<'new' | 'rename' | null>(null);
  const create = useCreateView((view) => {
    setAsks(null);
    onChoose(searchOfView(view));
  });
  const rename = useUpdateView(() => setAsks(null));
  const update = useUpdateView();
  const isModified = current !== undefined && isChanged(current, onShow);
  const first = preferences?.leads_view_id ?? null;
  const all: LeadSearch = first === null ? {} : { view: 'all' };
  const ask = (what: 'new' | 'rename') => {
    create.reset();
    rename.reset();
    setAsks(what);
  };
  const saveChanges = () =>
    current && update.mutate({ id: current.id, settings: onShow }, { onSuccess: onReset });
  return (
    <nav aria-label="Saved views" className={classes.views}>
      <Tab search={all} isCurrent={!current} onChoose={onChoose}>
        All leads
      </Tab>
      {views.map((view) => (
        <Tab
          key={view.id}
          search={searchOfView(view)}
          isCurrent={view.id === current?.id}
          onChoose={(next) => {
            onReset();
            onChoose(next);
          }}
        >
          {view.scope === 'team' && <IconUsers size={14} aria-label="Of the team" />}
          {view.scope === 'shared' && <IconWorld size={14} aria-label="Shared" />}
          {view.name}
          {view.id === first && <IconStarFilled size={11} aria-label="Shown first" />}
          {view.id === current?.id && isModified && (
            <span className={classes.changed} role="img" aria-label="Changed" />
          )}
        </Tab>
      ))}
      {current && (
        <ViewMenu
          view={current}
          isFirst={current.id === first}
          isModified={isModified}
          onRename={() => ask('rename')}
          onCopy={() => ask('new')}
          onGone={() => onChoose(all)}
          onBack={() => {
            onReset();
            onChoose(searchOfView(current));
          }}
        />
      )}
      {isModified && current.may_change && (
        <Button size="compact-sm" variant="light" loading={update.isPending} onClick={saveChanges}>
          Save changes
        </Button>
      )}
      {((!current && (isNarrowed(search) || search.sort)) || (isModified && !current.may_change)) && (
        <Button size="compact-sm" variant="subtle" onClick={() => ask('new')}>
          Save as a view
        </Button>
      )}
      {asks === 'new' && (
        <ViewDialog
          title="Save this view"
          isPending={create.isPending}
          error={create.error}
          onCancel={() => setAsks(null)}
          onSave={(named) => create.mutate({ ...named, settings: onShow })}
        />
      )}
      {asks === 'rename' && current && (
        <ViewDialog
          title="Rename or share this view"
          name={current.name}
          scope={current.scope}
          isPending={rename.isPending}
          error={rename.error}
          onCancel={() => setAsks(null)}
          onSave={(named) => rename.mutate({ id: current.id, ...named })}
        />
      )}
    </nav>
  );
}

interface TabProps {
  search: LeadSearch;
  isCurrent: boolean;
  onChoose: (search: LeadSearch) => void;
  children: React.ReactNode;
}

/** A link, so that it can be copied or opened beside; a plain click stays on the page. */
function Tab({ search, isCurrent, onChoose, children }: TabProps) {
  const choose = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onChoose(search);
  };
  return (
    <Link
      to="/leads"
      search={search}
      className={classes.view}
      activeProps={{}}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={choose}
    >
      {children}
    </Link>
  );
}

interface ViewMenuProps {
  view: ViewResponse;
  isFirst: boolean;
  isModified: boolean;
  onRename: () => void;
  onCopy: () => void;
  onGone: () => void;
  onBack: () => void;
}

function ViewMenu({ view, isFirst, isModified, onRename, onCopy, onGone, onBack }: ViewMenuProps) {
  const preferences = useChangePreferences();
  const remove = useDeleteView();
  return (
    <Menu shadow="md" position="bottom-start">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={`View ${view.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isModified && <Menu.Item onClick={onBack}>Discard changes</Menu.Item>}
        {view.may_change && <Menu.Item onClick={onRename}>Rename or share…</Menu.Item>}
        <Menu.Item onClick={onCopy}>Save as a new view…</Menu.Item>
        <Menu.Item onClick={() => preferences.mutate({ leads_view_id: isFirst ? null : view.id })}>
          {isFirst ? 'Do not show first' : 'Show first'}
        </Menu.Item>
        {view.may_change && (
          <>
            <Menu.Divider />
            <Menu.Item
              color="var(--mantine-color-error)"
              onClick={() => remove.mutate(view, { onSuccess: onGone })}
            >
              Delete
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
