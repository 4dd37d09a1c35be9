import { once } from 'node:events';
import { createServer, request } from 'node:http';
import {
  assertMayBeSentTo,
  isPublicAddress,
  lookupPublic,
  lookupPublicBy,
  PrivateAddressError,
} from './public-address.js';

describe('an address', () => {
  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:7f00:0001',
    '::ffff:169.254.169.254',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'localhost',
    '',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a URL', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[fe80::1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://0/',
    'http://017700000001/',
    'http://0x7f000001/',
    'http://127.0.0.1./',
    'http://①②⑦.⓪.⓪.①/',
    'http://[0:0:0:0:0:ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[::127.0.0.1]/',
  ])('%s is refused', (url) => expect(() => assertMayBeSentTo(new URL(url))).toThrow(PrivateAddressError));

  it('of a public address passes', () => {
    expect(() => assertMayBeSentTo(new URL('https://1.1.1.1/hook'))).not.toThrow();
  });
});

describe('a name', () => {
  it('that resolves to a private address is refused when the connection is made', async () => {
    const error = await new Promise((done) => lookupPublic('localhost', { all: true }, done));
    expect(error).toBeInstanceOf(PrivateAddressError);
  });

  it('that is a public and a private address at once is refused', async () => {
    const both = lookupPublicBy((_name, _options, done) =>
      done(null, [
        { address: '1.1.1.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]),
    );
    const error = await new Promise((done) => both('both.example', {}, done));
    expect(error).toBeInstanceOf(PrivateAddressError);
  });

  it('is asked for once a connection, whatever it would be the next time', async () => {
    let connections = 0;
    const server = createServer()
      .on('connection', () => connections++)
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const answers = ['127.0.0.1', '1.1.1.1'];
    let asked = 0;
    const rebinding = lookupPublicBy((_name, _options, done) =>
      done(null, [{ address: answers[asked++ % answers.length] ?? '', family: 4 }]),
    );
    const sent = request({ host: 'rebinding.example', port, lookup: rebinding, agent: false });
    const [error] = (await once(sent.end(), 'error')) as [Error];
    expect(error).toBeInstanceOf(PrivateAddressError);
    expect(asked).toBe(1);
    expect(connections).toBe(0);
    // The other way round: what was found public is what the connection is made to.
    const found = await new Promise((done) =>
      rebinding('rebinding.example', {}, (_, address) => done(address)),
    );
    expect(found).toBe('1.1.1.1');
    expect(asked).toBe(2);
    server.close();
  });
});
