/** Names of our own code as they stand in `IN (…)`; nothing that came from outside. */
export const textList = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
