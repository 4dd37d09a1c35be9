import { createStore } from './store';

/** What lies over any page, opened from anywhere. */
export const quickCreate = createStore(false);
export const shortcutList = createStore(false);
export const palette = createStore(false);
