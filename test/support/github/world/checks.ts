/** Check suites and check runs: made by the App, asked for again by people. */
import type { Account, Annotation, CheckRun, CheckSuite, Delivery, Repository } from '../model.ts';
import { checkRun as checkRunShape, checkSuite as checkSuiteShape } from '../shapes-shown.ts';
import { Conversations } from './conversations.ts';
import type { Moved } from './repositories.ts';
import type { Outcome } from './state.ts';

/** What the Checks API takes of a run. */
export interface CheckRunFields {
  readonly name?: string;
  readonly head_sha?: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
    readonly annotations?: readonly Annotation[];
  };
  readonly actions?: readonly unknown[];
}

export class Checks extends Conversations {
  constructor(...options: ConstructorParameters<typeof Conversations>) {
    super(...options);
    this.afterPush.push((moved) => this.#requestSuite(moved));
  }

  /** The App's suite on a commit, made where there is none. */
  suite(one: Repository, sha: string, appId = this.app.id): CheckSuite {
    const known = [...one.checkSuites.values()].find((suite) => suite.headSha === sha && suite.appId === appId);
    if (known !== undefined) return known;
    const made = { id: this.nextId(), headSha: sha, appId };
    one.checkSuites.set(made.id, made);
    return made;
  }

  /** Another App's run is made with its id; nothing is told of it. */
  createCheckRun(one: Repository, fields: CheckRunFields, appId = this.app.id): Outcome<{ readonly run: CheckRun }> {
    const sha = fields.head_sha ?? '';
    const run: CheckRun = {
      id: this.nextId(),
      suite: this.suite(one, sha, appId),
      name: fields.name ?? '',
      headSha: sha,
      status: 'queued',
      conclusion: null,
      externalId: null,
      detailsUrl: null,
      startedAt: this.now(),
      completedAt: null,
      title: null,
      summary: null,
      text: null,
      annotations: [],
      actions: fields.actions ?? [],
      writes: 0,
    };
    one.checkRuns.set(run.id, run);
    this.#write(run, fields);
    return { run, deliveries: appId === this.app.id ? this.#tellRun('created', one, run, this.app.bot) : [] };
  }

  /** Changes what is given; annotations are added to those there are, as GitHub does. */
  updateCheckRun(one: Repository, run: CheckRun, fields: CheckRunFields): Outcome {
    this.#write(run, fields);
    return { deliveries: run.status === 'completed' ? this.#tellRun('completed', one, run, this.app.bot) : [] };
  }

  #write(run: CheckRun, { output, ...fields }: CheckRunFields): void {
    run.writes += 1;
    run.name = fields.name ?? run.name;
    // A conclusion alone completes the run.
    run.status = fields.conclusion === undefined ? (fields.status ?? run.status) : 'completed';
    if (run.status === 'completed') run.conclusion = fields.conclusion ?? run.conclusion;
    else run.conclusion = null;
    run.externalId = fields.external_id ?? run.externalId;
    run.detailsUrl = fields.details_url ?? run.detailsUrl;
    run.startedAt = fields.started_at ?? run.startedAt;
    run.completedAt = run.status === 'completed' ? (fields.completed_at ?? run.completedAt ?? this.now()) : null;
    run.title = output?.title ?? run.title;
    run.summary = output?.summary ?? run.summary;
    run.text = output?.text ?? run.text;
    run.actions = fields.actions ?? run.actions;
    run.annotations.push(...(output?.annotations ?? []));
  }

  /** Completed and other runs of the App on a commit. */
  checkRunsAt(one: Repository, sha: string): readonly CheckRun[] {
    return [...one.checkRuns.values()].filter((run) => run.headSha === sha);
  }

  /** "Re-run" beside one check. */
  rerequestCheckRun(one: Repository, run: CheckRun, by?: Account | string): Outcome {
    return { deliveries: this.#tellRun('rerequested', one, run, this.accountOf(by ?? one.owner)) };
  }

  /** A button that the check run offers. */
  requestAction(one: Repository, run: CheckRun, identifier: string, by?: Account | string): Outcome {
    const own = { requested_action: { identifier } };
    return { deliveries: this.#tellRun('requested_action', one, run, this.accountOf(by ?? one.owner), own) };
  }

  /** "Re-run all checks" on a commit. */
  rerequestSuite(one: Repository, sha: string, by?: Account | string): Outcome {
    const check_suite = checkSuiteShape(one, this.app, this.suite(one, sha));
    return { deliveries: this.tell('check_suite', 'rerequested', one, this.accountOf(by ?? one.owner), { check_suite }) };
  }

  /** GitHub makes a suite for every pushed commit, for each App that may write checks. */
  #requestSuite({ repository, sha, by }: Moved): Delivery[] {
    if (sha === null || this.app.permissions.checks !== 'write') return [];
    const isNew = ![...repository.checkSuites.values()].some((suite) => suite.headSha === sha && suite.appId === this.app.id);
    if (!isNew) return [];
    const check_suite = checkSuiteShape(repository, this.app, this.suite(repository, sha));
    return this.tell('check_suite', 'requested', repository, by, { check_suite });
  }

  #tellRun(action: string, one: Repository, run: CheckRun, by: Account, own: Readonly<Record<string, unknown>> = {}): Delivery[] {
    return this.tell('check_run', action, one, by, { check_run: checkRunShape(one, this.app, run, true), ...own });
  }
}
