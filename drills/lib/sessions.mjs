/** Exchanged so long before they end; a shared machine may be slow. */
const BEFORE_END_MS = 120_000;

/** Keeps people signed in for as long as it takes, as a client does: by their refresh tokens, one after the other. */
export class Sessions {
  #sessions = new Map();

  /**
   * @param {import('./stage.mjs').Stage} stage
   * @param {string} url of an instance
   */
  constructor(stage, url) {
    this.stage = stage;
    this.url = url;
  }

  /** @returns {Promise<string>} an access token that is good for a while */
  async tokenOf(username) {
    const session = this.#sessions.get(username);
    if (!session || performance.now() > session.renewAt) this.#renew(username, session);
    return this.#sessions.get(username).token;
  }

  /** All who ask meanwhile wait for the same: a refresh token that is used twice ends its session. */
  #renew(username, session) {
    const pair = session
      ? session.refreshToken.then((token) => this.#refresh(token))
      : this.stage.signIn(this.url, username);
    const next = {
      token: pair.then(({ access_token }) => access_token),
      refreshToken: pair.then(({ refresh_token }) => refresh_token),
      renewAt: Number.POSITIVE_INFINITY,
    };
    this.#sessions.set(username, next);
    next.refreshToken.catch(() => undefined);
    pair.then(
      ({ expires_in }) => {
        next.renewAt = performance.now() + expires_in * 1_000 - BEFORE_END_MS;
      },
      () => undefined,
    );
  }

  async #refresh(refreshToken) {
    const answer = await fetch(`${this.url}/auth/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token: refreshToken }),
    });
    if (answer.status !== 200) throw new Error(`Refreshing answered ${answer.status}`);
    return answer.json();
  }
}
