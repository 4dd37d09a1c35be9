import { findPasswordFault } from './password-policy.js';

describe('a new password', () => {
  it.each(['password1', 'PassWord1', 'sunshine', 'admin123', 'iloveyou'])(
    'must not be %s, which many have',
    (password) => {
      expect(findPasswordFault(password, 'somebody', 'new_password')).toMatchObject({
        field: 'new_password',
        code: 'is_common',
      });
    },
  );

  it('must not be the username, in any case', () => {
    expect(findPasswordFault('Rosalind.P', 'rosalind.p', 'password')?.code).toBe('is_username');
  });

  it('may be long and plain', () => {
    expect(findPasswordFault('four plain words together', 'somebody', 'password')).toBeUndefined();
  });
});
