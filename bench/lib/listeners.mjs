// Many sockets in a process of their own: fork it, send {url, tokens}, get 'ready'; send 'report', get the delays since then.
import { io } from 'socket.io-client';

const AT_ONCE = 50;
let delays = [];

process.on('message', async (message) => {
  if (message === 'report') {
    process.send(delays);
    delays = [];
    return;
  }
  const { url, tokens } = message;
  for (let from = 0; from < tokens.length; from += AT_ONCE) {
    await Promise.all(tokens.slice(from, from + AT_ONCE).map((token) => connect(url, token)));
  }
  process.send('ready');
});

function connect(url, token) {
  const socket = io(url, { transports: ['websocket'], auth: { token }, forceNew: true });
  // From the moment the row was written, which is a little before its commit; one machine, one clock.
  socket.on('lead.updated', ({ data }) => delays.push(Date.now() - Date.parse(data.lead.updated_at)));
  return new Promise((done, fail) => {
    socket.on('ready', done);
    socket.on('connect_error', fail);
  });
}
