import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Env, InvalidEnvironmentError, readEnv } from './env.js';

const secret = 'x'.repeat(32);

describe('readEnv', () => {
  it('starts from defaults that suit development', () => {
    const env = readEnv({});
    expect(env).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 8001,
      DEMO_DATA: true,
      CORS_ORIGINS: ['http://localhost:3000'],
    });
  });

  it('reports every wrong value at once, by name', () => {
    const wrong = { PORT: 'eighty', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud', JWT_SECRET: 'short' };
    expect(() => readEnv(wrong)).toThrow(InvalidEnvironmentError);
    try {
      readEnv(wrong);
    } catch (error) {
      const { problems } = error as InvalidEnvironmentError;
      expect(problems.map((problem) => problem.split(':')[0])).toEqual(
        expect.arrayContaining(['PORT', 'DATABASE_URL', 'LOG_LEVEL', 'JWT_SECRET']),
      );
    }
  });

  it('refuses production without JWT_SECRET', () => {
    expect(() => readEnv({ NODE_ENV: 'production' })).toThrow(/JWT_SECRET/);
    expect(readEnv({ NODE_ENV: 'production', JWT_SECRET: secret }).NODE_ENV).toBe('production');
  });

  it('refuses demo data in production', () => {
    expect(() => readEnv({ NODE_ENV: 'production', JWT_SECRET: secret, DEMO_DATA: 'true' })).toThrow(
      /DEMO_DATA/,
    );
    expect(readEnv({ NODE_ENV: 'production', JWT_SECRET: secret }).DEMO_DATA).toBe(false);
  });

  it('wants all of single sign-on or nothing, and in production nothing of it in the clear', () => {
    const provider = {
      OIDC_ISSUER: 'http://login.example.com',
      OIDC_CLIENT_ID: 'rota',
      OIDC_CLIENT_SECRET: 'hidden',
      OIDC_REDIRECT_URI: 'http://rota.example.com/sign-in/callback',
    };
    expect(readEnv(provider).OIDC_CLIENT_ID).toBe('rota');
    expect(() => readEnv({ OIDC_ISSUER: provider.OIDC_ISSUER })).toThrow(
      /OIDC_CLIENT_ID.*\n.*OIDC_CLIENT_SECRET.*\n.*OIDC_REDIRECT_URI/,
    );
    expect(() => readEnv({ ...provider, NODE_ENV: 'production', JWT_SECRET: secret })).toThrow(
      /OIDC_ISSUER: must begin with https.*\n.*OIDC_REDIRECT_URI: must begin with https/,
    );
  });

  it('takes an empty value for not set', () => {
    expect(readEnv({ PORT: '' }).PORT).toBe(8001);
  });

  it('accepts a PostgreSQL URL on a host without a domain', () => {
    expect(readEnv({ DATABASE_URL: 'postgres://me:pw@db:5432/rota' }).DATABASE_URL).toBe(
      'postgres://me:pw@db:5432/rota',
    );
  });

  it('reads a list of origins', () => {
    expect(readEnv({ CORS_ORIGINS: 'https://a.example, https://b.example' }).CORS_ORIGINS).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });

  it('is documented in .env.example, every setting', () => {
    const documented = readFileSync(join(__dirname, '../../.env.example'), 'utf8');
    const names = [...Object.keys(new Env()), 'DATABASE_URL', 'JWT_SECRET'];
    const missing = names.filter((name) => !new RegExp(`^(# )?${name}=`, 'm').test(documented));
    expect(missing).toEqual([]);
  });
});
