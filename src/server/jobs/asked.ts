/** Subjects that are asked for, as both queues take them in: keyed, each once, soonest and most urgent first. */
import { subjectKey, type Subject } from '../../facts/subject.ts';
import type { Enqueue } from './jobs.ts';

export interface Asked {
  readonly key: string;
  readonly subject: Subject;
  /** Lower-cased account. */
  readonly owner: string;
  readonly priority: number;
  /** Milliseconds from now. */
  readonly delay: number;
}

/** One entry a key, in the order of keys: two transactions that take the same rows in the same order cannot block each other. */
export function asked(jobs: readonly Enqueue[]): readonly Asked[] {
  const byKey = new Map<string, Asked>();
  for (const { subject, priority = 0, delay = 0 } of jobs) {
    const key = subjectKey(subject);
    const before = byKey.get(key);
    byKey.set(key, {
      key,
      subject,
      owner: subject.owner.toLowerCase(),
      priority: Math.min(priority, before?.priority ?? priority),
      delay: Math.min(Math.max(0, Math.round(delay)), before?.delay ?? Infinity),
    });
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
