/**
 * What Steward is compared with, as a process of its own: `acknowledge` verifies the signature and answers;
 * `handler` does the same two API calls as Steward within the request, remembers nothing and waits for nobody.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Order {
  readonly does: 'acknowledge' | 'handler';
  readonly secret: string;
  readonly github: string;
  /** Tokens by account. */
  readonly tokens: Readonly<Record<string, string>>;
}

interface PullRequestPayload {
  readonly number: number;
  readonly repository: { readonly name: string; readonly owner: { readonly login: string } };
}

const QUERY = `query ($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { headRefOid commits(first: 100) { nodes { commit { oid message author { name email } } } } }
  }
}`;

const order = JSON.parse(process.argv[2] ?? '{}') as Order;

const server = createServer((request, response) => {
  handle(request).then(
    (status) => response.writeHead(status).end(),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Baseline is running at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

async function handle(request: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const wanted = Buffer.from(`sha256=${createHmac('sha256', order.secret).update(body).digest('hex')}`);
  const found = Buffer.from(String(request.headers['x-hub-signature-256']));
  if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) return 400;
  const payload = JSON.parse(body.toString()) as PullRequestPayload;
  if (order.does === 'handler' && request.headers['x-github-event'] === 'pull_request') await judge(payload);
  return 200;
}

async function judge({ number, repository: { name: repo, owner } }: PullRequestPayload): Promise<void> {
  const variables = { owner: owner.login, repo, number };
  const { data } = (await call('graphql', owner.login, { query: QUERY, variables })) as {
    data: { repository: { pullRequest: { headRefOid: string; commits: { nodes: { commit: { message: string } }[] } } } };
  };
  const { headRefOid, commits } = data.repository.pullRequest;
  const isSigned = commits.nodes.every(({ commit }) => /^Signed-off-by: /m.test(commit.message));
  await call(`repos/${owner.login}/${repo}/check-runs`, owner.login, {
    name: 'Steward',
    head_sha: headRefOid,
    status: 'completed',
    conclusion: isSigned ? 'success' : 'failure',
    output: { title: 'Sign-offs', summary: isSigned ? 'All there.' : 'Some are missing.' },
  });
}

async function call(path: string, owner: string, body: object): Promise<unknown> {
  const headers = {
    authorization: `token ${order.tokens[owner] ?? ''}`,
    'content-type': 'application/json',
    'user-agent': 'baseline',
  };
  const response = await fetch(`${order.github}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
