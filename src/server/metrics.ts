/** What is measured, by the names that dashboards know. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { JobCounts } from './jobs/jobs.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly webhook: (event: string, outcome: string) => void;
  readonly job: (kind: string, outcome: string, seconds: number) => void;
  readonly request: (route: string, status: number, remaining: number | null) => void;
}

/** One registry a process part: tests and embedded hosts do not share counters. */
export function createMetrics(counts: () => Promise<JobCounts>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const webhooks = new Counter({
    name: 'webhooks_total',
    help: 'Deliveries by event and what became of them.',
    labelNames: ['event', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'job_seconds',
    help: 'How long jobs took, by kind of subject and outcome.',
    labelNames: ['kind', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const requests = new Counter({
    name: 'github_requests_total',
    help: 'Requests to GitHub by route and status; status 0: no answer.',
    labelNames: ['route', 'status'],
    registers,
  });
  const remaining = new Gauge({
    name: 'github_rate_remaining',
    help: 'Lowest rate limit left that GitHub told last.',
    registers,
  });
  const jobs = new Gauge({ name: 'jobs', help: 'Jobs by state.', labelNames: ['state'], registers });
  new Gauge({
    name: 'oldest_ready_job_seconds',
    help: 'Age of the oldest job that could run now. Alert on this one.',
    registers,
    async collect() {
      const { waiting, running, dead, oldestReady } = await counts();
      this.set(oldestReady);
      jobs.set({ state: 'waiting' }, waiting);
      jobs.set({ state: 'running' }, running);
      jobs.set({ state: 'dead' }, dead);
    },
  });
  return {
    registry,
    webhook: (event, outcome) => {
      webhooks.inc({ event, outcome });
    },
    job: (kind, outcome, took) => {
      seconds.observe({ kind, outcome }, took);
    },
    request: (route, status, left) => {
      requests.inc({ route, status });
      if (left !== null) remaining.set(left);
    },
  };
}
