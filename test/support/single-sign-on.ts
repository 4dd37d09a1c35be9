import { Actor } from './actors.js';
import { TestApp } from './app.js';
import { Answer, client } from './client.js';
import { Person, REDIRECT_URI, TestIdentityProvider } from './identity-provider.js';

export const SINGLE_SIGN_ON = '/api/v1/auth/single-sign-on';

/** A browser, as far as a sign-in needs one: it keeps cookies. */
export class SignInBrowser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly api: TestApp,
    private readonly provider: TestIdentityProvider,
  ) {}

  async post(path: string, body?: object): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await client(this.api.url).post(SINGLE_SIGN_ON + path, body, {
      cookie,
      'x-rota-client': 'web',
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return answer;
  }

  /** Goes to the provider and comes back. @returns the query that it comes back with */
  async visitProvider(person: Person): Promise<string> {
    this.provider.person = person;
    const { body } = await this.post('/start');
    const { headers } = await fetch(body.location, { redirect: 'manual' });
    const back = new URL(headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(REDIRECT_URI);
    return back.search.slice(1);
  }

  async signIn(person: Person): Promise<Answer> {
    return this.post('/finish', { query: await this.visitProvider(person) });
  }
}

/** Somebody whose address, that of a user, the provider has verified. */
export const verified = ({ username }: Actor): Person => ({
  email: `${username}@example.com`,
  email_verified: true,
});
