import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';

/** Limits and pace of the sockets. */
@Injectable()
export class RealtimeSettings {
  /** Longest rest between two looks into the log for what other processes put there. */
  pollMs = 200;
  /** Least time from one look to the next: under load facts come in pages, and looking costs writers less. */
  gatherMs = 25;
  /** Facts read at once. */
  pageSize = 200;
  /** Places of the log beyond which nobody catches up event by event. */
  farBehind = 10_000;
  /** Age of a cursor beyond which its owner has to start anew. */
  resumeWithinMs = 24 * 60 * 60 * 1000;
  /** Clients that are caught up at the same time: each takes a connection to the database. */
  resumesAtOnce = 3;
  /** Packets that wait for one socket before it is taken off the events. */
  packetsWaiting = 1_000;
  /** Least time between two `dashboard.updated` of a room. */
  dashboardEveryMs = 500;
  /** Largest message of a client, in bytes. */
  messageBytes = 8_192;
  /** Messages a client may send in ten seconds. */
  messagesPer10s = 100;
  connectionsPerUser: number;
  handshakesPerMinute: number;

  constructor(env: Env) {
    this.connectionsPerUser = env.REALTIME_CONNECTIONS_PER_USER;
    this.handshakesPerMinute = env.REALTIME_HANDSHAKES_PER_MINUTE;
  }
}
