import type { LeadResponse } from '@/lib/api/schema';
import { createStore } from '@/lib/store';

/** The card under the pointer. */
export const dragged = createStore<LeadResponse | null>(null);
