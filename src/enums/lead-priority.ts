export const LeadPriority = { A_PLUS: 'A+', A: 'A', B_PLUS: 'B+', B: 'B', C: 'C' } as const;
export type LeadPriority = (typeof LeadPriority)[keyof typeof LeadPriority];
