import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { isDialogOpen, isTyping } from '@/lib/keyboard';
import type { Todo } from '../use-my-day';

interface DayKeys {
  todos: Todo[];
  active: string | null;
  setActive: (key: string | null) => void;
  onLog: (todo: Todo) => void;
  onReschedule: (todo: Todo) => void;
}

const SYNONYMS: Readonly<Record<string, string>> = { ArrowDown: 'j', ArrowUp: 'k', Escape: 'escape' };

/** Works the day without a mouse. */
export function useDayKeys({ todos, active, setActive, onLog, onReschedule }: DayKeys): void {
  const navigate = useNavigate();
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isDialogOpen()) return;
    const index = todos.findIndex(({ key }) => key === active);
    const todo = todos[index];
    const isOnButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
    const go = (to: number) => {
      const key = todos[Math.max(0, Math.min(to, todos.length - 1))]?.key ?? null;
      setActive(key);
      document.querySelector(`[data-todo="${key}"]`)?.scrollIntoView({ block: 'nearest' });
    };
    const actions: Record<string, (() => void) | undefined> = {
      j: () => go(index + 1),
      k: () => go(index - 1),
      Enter:
        todo && !isOnButton
          ? () => void navigate({ to: '/leads/$leadId', params: { leadId: String(todo.leadId) } })
          : undefined,
      c: todo && (() => onLog(todo)),
      r: todo && (() => onReschedule(todo)),
      escape: () => setActive(null),
    };
    const action = actions[SYNONYMS[event.key] ?? event.key];
    if (!action) return;
    event.preventDefault();
    // Here `c` is a call: elsewhere it enters a new lead.
    event.stopImmediatePropagation();
    action();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => act(event);
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}
