/** What a user signs in by. */
export interface LoginNames {
  username: string;
  email: string;
}

export interface KnownUser extends Partial<Record<keyof LoginNames, string | null>> {
  id: number;
  isActive: boolean;
}

/**
 * Names that are unique in any case, as ours must be; the first version told `Ann` from `ann`. Of those who share one,
 * the active user keeps it, then the one who was there first; the others get their id appended, in an e-mail address as
 * a tag, which mail servers commonly deliver all the same.
 *
 * @returns by user id
 */
export function loginNamesOf(users: readonly KnownUser[]): Map<number, LoginNames> {
  const names = new Map<number, LoginNames>();
  const inOrder = [...users].sort((a, b) => Number(b.isActive) - Number(a.isActive) || a.id - b.id);
  const usernames = uniqueNames(
    inOrder.map(({ id, username }) => [id, username?.trim() || `user${id}`]),
    (name, tag) => `${name}-${tag}`,
  );
  const emails = uniqueNames(
    inOrder.map(({ id, email }) => [id, email?.trim() || `user${id}@example.invalid`]),
    (address, tag) => address.replace(/(@|$)/, `+user${tag}$1`),
  );
  for (const { id } of users)
    names.set(id, { username: usernames.get(id) ?? '', email: emails.get(id) ?? '' });
  return names;
}

function uniqueNames(
  wanted: readonly (readonly [number, string])[],
  tagged: (name: string, tag: string) => string,
): Map<number, string> {
  const all = new Set(wanted.map(([, name]) => name.toLowerCase()));
  const given = new Set<string>();
  const names = new Map<number, string>();
  for (const [id, name] of wanted) {
    let unique = name;
    if (given.has(name.toLowerCase())) {
      let tag = String(id);
      for (unique = tagged(name, tag); all.has(unique.toLowerCase()); unique = tagged(name, tag)) tag += 'x';
      all.add(unique.toLowerCase());
    }
    given.add(unique.toLowerCase());
    names.set(id, unique);
  }
  return names;
}
