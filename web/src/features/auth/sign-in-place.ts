const KEY = 'rota-sign-in-place';

/** Where somebody was who leaves for the provider of single sign-on, of this tab. */
export const keepPlace = (): void => {
  const { pathname, search } = window.location;
  sessionStorage.setItem(KEY, pathname + search);
};

export const takePlace = (): string => {
  const place = sessionStorage.getItem(KEY) ?? '/';
  sessionStorage.removeItem(KEY);
  return place;
};
