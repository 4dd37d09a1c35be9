import { isSameHash, newApiKey, readApiKey } from './api-key-secret.js';

describe('an API key', () => {
  it('is read back as what it was made as', () => {
    const { key, prefix, hash } = newApiKey();
    expect(readApiKey(key)).toEqual({ prefix, hash });
  });

  it('has another hash when one character is another', () => {
    const { key, hash } = newApiKey();
    const other = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
    expect(isSameHash(readApiKey(other)?.hash as Buffer, hash)).toBe(false);
  });

  it.each(['', 'rota_', 'rota_zzzzzzzzzzzz_x', `${newApiKey().key} `, newApiKey().key.toUpperCase()])(
    'is not %j',
    (text) => expect(readApiKey(text)).toBeUndefined(),
  );
});
