import { aCompany, Company } from './actors.js';
import { startTestApp, TestApp } from './app.js';
import { aLead } from './builders.js';
import { Answer, Client, client } from './client.js';
import { Cluster, startCluster } from './cluster.js';
import { eventually } from './eventually.js';
import { SeverableServer } from './severable-server.js';

/** The application with a replica, and a company with a lead for each of its agents. */
export class AppWithReplica {
  private constructor(
    readonly cluster: Cluster,
    /** Between the application and the replica. */
    readonly way: SeverableServer,
    readonly app: TestApp,
    readonly company: Company,
    /** The outsider's lead. */
    readonly leadId: number,
  ) {}

  static async start(): Promise<AppWithReplica> {
    const cluster = await startCluster();
    const company = await aCompany(cluster.db);
    let leadId = 0;
    for (const owner of [company.agent, company.colleague, company.outsider])
      leadId = (await aLead(cluster.db, { assigned_user_id: owner.id })).id;
    const way = await SeverableServer.before(cluster.replica.url);
    // No statement is to end by itself while a test waits for what ends it.
    const settings = { DATABASE_REPLICA_URL: way.url, STATEMENT_TIMEOUT_MS: '600000' };
    const app = await startTestApp(settings, { db: cluster.db });
    return new AppWithReplica(cluster, way, app, company, leadId);
  }

  async stop(): Promise<void> {
    await this.way.cut();
    await this.app.stop();
    await this.cluster.stop();
  }

  as(actor: keyof Company = 'admin'): Client {
    return client(this.app.url).as(this.company[actor]);
  }

  /** How many questions were answered by the replica, or for this reason by the primary. */
  async answered(by: string): Promise<number> {
    const { text } = await client(this.app.url).get('/metrics');
    return Number(new RegExp(`^replica_reads_total\\{answered="${by}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  }

  /** Until it is the replica that answers; what was written last may be on its way to it, or a probe. */
  byReplica(path: string, headers?: Record<string, string>): Promise<Answer> {
    return eventually(async () => {
      const before = await this.answered('replica');
      const answer = await (headers ? client(this.app.url) : this.as()).get(path, headers);
      expect(answer.status).toBe(200);
      expect(await this.answered('replica')).toBeGreaterThan(before);
      return answer;
    });
  }
}
