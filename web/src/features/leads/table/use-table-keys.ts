import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';
import type { LeadResponse } from '@/lib/api/schema';
import { isDialogOpen, isTyping } from '@/lib/keyboard';
import type { useSelection } from './use-selection';

const SYNONYMS: Readonly<Record<string, string>> = { ArrowDown: 'j', ArrowUp: 'k', Home: 'home', End: 'end' };

interface TableKeys {
  leads: LeadResponse[];
  active: number;
  setActive: (index: number) => void;
  selection: ReturnType<typeof useSelection>;
  onEdit: (lead: LeadResponse) => void;
  searchInput: RefObject<HTMLInputElement | null>;
}

/** Works the list without a mouse, wherever the focus is, unless one types or a dialog is open. */
export function useTableKeys(keys: TableKeys): void {
  const navigate = useNavigate();
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || isDialogOpen() || isInMenu(event.target)) return;
      const { leads, active, setActive, selection, onEdit, searchInput } = latest.current;
      const lead = leads[active];
      const isOnButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
      const actions: Record<string, (() => void) | undefined> = {
        j: () => setActive(Math.min(active + 1, leads.length - 1)),
        k: () => setActive(Math.max(active - 1, 0)),
        home: () => setActive(0),
        end: () => setActive(leads.length - 1),
        Enter:
          lead && !isOnButton
            ? () => void navigate({ to: '/leads/$leadId', params: { leadId: String(lead.id) } })
            : undefined,
        e: lead && (() => onEdit(lead)),
        x: lead && (() => selection.toggle(active)),
        X: lead && (() => selection.toggle(active, true)),
        Escape: selection.clear,
        '/': () => searchInput.current?.focus(),
      };
      const action = actions[SYNONYMS[event.key] ?? event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', act);
    return () => window.removeEventListener('keydown', act);
  }, [navigate]);
}

const isInMenu = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[role="menu"], [role="listbox"]') !== null;
