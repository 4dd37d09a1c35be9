import { createStore, type Store, useStore } from './store';

/** A setting of this browser, kept over reloads. What was stored by an older version may have another shape. */
export function storedSetting<Value>(
  name: string,
  initial: Value,
  isValid: (value: unknown) => boolean,
): Store<Value> {
  const key = `rota.${name}`;
  const store = createStore(read(key, initial, isValid));
  store.subscribe(() => {
    try {
      localStorage.setItem(key, JSON.stringify(store.get()));
    } catch {
      // Storage may be full or blocked; the setting then lasts as long as the page.
    }
  });
  return store;
}

export function useSetting<Value>(store: Store<Value>): [Value, (value: Value) => void] {
  return [useStore(store), store.set];
}

function read<Value>(key: string, initial: Value, isValid: (value: unknown) => boolean): Value {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return value !== null && isValid(value) ? (value as Value) : initial;
  } catch {
    return initial;
  }
}
