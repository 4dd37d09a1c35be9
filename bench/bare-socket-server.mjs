// socket.io and nothing else: sends the payload of RATE events a second to one of its sockets each.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { serveClient: false });
const { lead, rate } = JSON.parse(process.env.BENCH_EVENT);
const sockets = [];
io.on('connection', (socket) => {
  sockets.push(socket);
  socket.emit('ready', {});
});
let seq = 0;
setInterval(() => {
  const socket = sockets[Math.floor(Math.random() * sockets.length)];
  if (!socket) return;
  const updated_at = new Date().toISOString();
  const data = { lead_id: lead.id, version: ++seq, lead: { ...lead, updated_at }, changed_fields: ['city'] };
  socket.emit('lead.updated', {
    id: crypto.randomUUID(),
    seq,
    type: 'lead.updated',
    occurred_at: updated_at,
    data,
  });
}, 1000 / rate);
http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}`));
process.on('SIGTERM', () => process.exit(0));
