import { Viewer } from './event-catalogue.js';

interface Said {
  viewers: Viewer[];
  at: number;
}

/** What other instances have said of who has which lead open there. */
export class RemotePresence {
  private readonly byLead = new Map<number, Map<string, Said>>();

  /** @param forgetAfterMs silence after which an instance counts as gone */
  constructor(private readonly forgetAfterMs: number) {}

  hear({
    instance,
    lead_id,
    viewers,
  }: {
    instance: string;
    lead_id: number | null;
    viewers: Viewer[];
  }): void {
    if (lead_id === null) return;
    const said = this.byLead.get(lead_id) ?? new Map<string, Said>();
    if (viewers.length > 0) said.set(instance, { viewers, at: performance.now() });
    else said.delete(instance);
    if (said.size > 0) this.byLead.set(lead_id, said);
    else this.byLead.delete(lead_id);
  }

  viewersOf(leadId: number): Viewer[] {
    return [...(this.byLead.get(leadId)?.values() ?? [])].flatMap(({ viewers }) => viewers);
  }

  /** @returns the leads of which somebody was forgotten */
  forgetSilent(): number[] {
    const oldest = performance.now() - this.forgetAfterMs;
    const changed: number[] = [];
    for (const [leadId, said] of this.byLead) {
      for (const [instance, { at }] of said) {
        if (at >= oldest) continue;
        said.delete(instance);
        changed.push(leadId);
      }
      if (said.size === 0) this.byLead.delete(leadId);
    }
    return changed;
  }
}
