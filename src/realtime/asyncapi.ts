import { version } from '../common/version.js';
import { EVENTS, envelopeOf, MESSAGES } from './event-schemas.js';

const CHANNEL = '#/channels/realtime';

const HANDSHAKE = `socket.io 4 on the port and address of the API, path \`/socket.io\`, default namespace.

The handshake carries \`auth: {token}\` with an access token. \`connect_error\` says why one is refused: \`unauthorized\`,
\`too_many_connections\`, \`unavailable\`. Rooms follow role, team and ownership; nobody joins one by asking.

After a while away, up to 24 hours: \`auth: {token, since}\` with the highest \`seq\` that was received. What was missed comes
first, as far as one may see it now, then \`ready\`. Clients that keep their socket object need not do this: the library sends
its place by itself. After \`resync\` fetch the present state over HTTP. Events come at least once: \`id\` tells repeats.

With long-polling, all requests of a client must reach the same process (sticky sessions); with \`transports: ['websocket']\`
any process will do.`;

/** AsyncAPI 3 of the realtime events, generated from the catalogue. */
export function buildAsyncApiDocument(): object {
  const events = Object.entries(EVENTS).map(([type, { summary, schema }]) => [
    type,
    message(type, summary, envelopeOf(type as keyof typeof EVENTS, schema)),
  ]);
  const messages = Object.entries(MESSAGES).map(([type, { summary, schema }]) => [
    type,
    message(type, summary, schema),
  ]);
  const all = Object.fromEntries([...events, ...messages]) as Record<string, object>;
  return {
    asyncapi: '3.0.0',
    info: { title: 'Rota realtime', version, description: HANDSHAKE },
    defaultContentType: 'application/json',
    servers: {
      self: { host: 'localhost:8001', pathname: '/socket.io', protocol: 'wss', description: 'As the API.' },
    },
    channels: {
      realtime: {
        address: '/',
        title: 'The default namespace',
        messages: Object.fromEntries(
          Object.keys(all).map((type) => [keyOf(type), { $ref: `#/components/messages/${keyOf(type)}` }]),
        ),
      },
    },
    operations: {
      hearEvents: operation('send', 'What the server sends', Object.keys(EVENTS)),
      sayMessages: operation(
        'receive',
        'What the server takes; each may ask for a reply',
        Object.keys(MESSAGES),
      ),
    },
    components: {
      messages: Object.fromEntries(Object.entries(all).map(([type, one]) => [keyOf(type), one])),
    },
  };
}

/** Keys of AsyncAPI have no dots in the tools that matter. */
const keyOf = (type: string): string => type.replaceAll('.', '_');

function message(type: string, summary: string, payload: object): object {
  return { name: type, title: type, summary, payload };
}

/** Of the application that the document describes: it sends events and receives messages. */
function operation(action: 'send' | 'receive', summary: string, types: string[]): object {
  return {
    action,
    summary,
    channel: { $ref: CHANNEL },
    messages: types.map((type) => ({ $ref: `${CHANNEL}/messages/${keyOf(type)}` })),
  };
}
