import { createStore } from '@/lib/store';

/** A transfer that can be taken back while this window is open. */
export interface RecentTransfer {
  moveId: string;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
  isUndone: boolean;
}

/** As long as the server takes one back. */
export const UNDO_MS = 15 * 60_000;

export const recentTransfers = createStore<readonly RecentTransfer[]>([]);

export function rememberTransfer(moveId: string, text: string): void {
  recentTransfers.set([{ moveId, text, at: Date.now(), isUndone: false }, ...recentTransfers.get()]);
}

export function markUndone(moveId: string): void {
  recentTransfers.set(
    recentTransfers.get().map((move) => (move.moveId === moveId ? { ...move, isUndone: true } : move)),
  );
}
