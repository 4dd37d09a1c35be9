import { enrolmentOf, newSecret, stepOf } from './totp.js';

/** RFC 6238, appendix B, for SHA-1; its codes have eight digits, of which apps show the last six. */
const RFC_SECRET = Buffer.from('12345678901234567890');
const VECTORS: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
];

describe('a code of an authenticator app', () => {
  it.each(VECTORS)('at %i s is the one of the standard', (seconds, code) => {
    expect(stepOf(RFC_SECRET, code.slice(-6), seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it('may be one step late or early, and no more', () => {
    const code = '287082'; // of step 1
    const at = (step: number) => stepOf(RFC_SECRET, code, step * 30_000);
    expect([0, 1, 2].map(at)).toEqual([1, 1, 1]);
    expect(at(3)).toBeUndefined();
    expect(at(-1)).toBeUndefined();
  });

  it.each(['', '28708', '2870822', 'abcdef', '28708२'])('is not %j', (code) => {
    expect(stepOf(RFC_SECRET, code, 59_000)).toBeUndefined();
  });
});

describe('an enrolment', () => {
  it('names the account and carries the secret as apps read it', () => {
    const { secret, otpauth_url } = enrolmentOf(newSecret(), 'rosalind.p');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const url = new URL(otpauth_url);
    expect(url.protocol + decodeURIComponent(url.pathname)).toMatch(/otpauth:.*Rota:rosalind\.p$/);
    expect(url.searchParams.get('secret')).toBe(secret);
  });

  it('has another secret each time', () => {
    expect(newSecret().equals(newSecret())).toBe(false);
  });
});
