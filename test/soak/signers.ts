/** People who sign an agreement while Steward is killed: in a comment or on the page, again and again until it was taken. */
import { setTimeout as wait } from 'node:timers/promises';
import { signingSentence } from '../../src/facts/sentences.ts';
import { aVisitor, formOf, type Visitor } from '../support/cla.ts';
import type { Account, Delivery, Repository } from '../support/github/model.ts';
import type { GitHub } from '../support/github/server.ts';

export const AGREEMENT = 'org-1/icla';
const PAGE = `/cla/${AGREEMENT}`;
const ICLA = { title: 'Project Agreement', version: '1.0' };
export const SIGNING = signingSentence(ICLA);
const POLICY = `rules:
  cla:
    enforce: block
    agreements: [{ id: icla, title: ${ICLA.title}, version: '1.0', text: 'org-1/.github:icla.md', since: 2026-01-01 }]
`;

export interface Signer {
  readonly account: Account;
  readonly signsBy: 'comment' | 'page';
  /** Their pull requests, one in each organization. */
  readonly pulls: readonly { readonly repository: Repository; readonly number: number; readonly sha: string }[];
}

/** Two organizations with one agreement, and people with a pull request in both. */
export function settle({ world }: GitHub, people: number): readonly Signer[] {
  world.install('org-1');
  world.install('org-2');
  world.repository({
    owner: 'org-1',
    name: '.github',
    files: { 'icla.md': 'You give what is yours.\n', '.github/steward.yml': POLICY },
  });
  world.repository({
    owner: 'org-2',
    name: '.github',
    files: { '.github/steward.yml': 'extends: org-1/.github:.github/steward.yml\n' },
  });
  const works = ['org-1', 'org-2'].map((owner) => world.repository({ owner, name: 'work', files: { 'README.md': '# Work\n' } }));
  return Array.from({ length: people }, (_, index) => {
    const account = world.user(`person-${index + 1}`);
    const pulls = works.map((repository) => {
      const files = { [`src/${account.login}.txt`]: 'more\n' };
      const { sha } = world.push(repository, account.login, { author: account, message: `By ${account.login}`, files });
      return {
        repository,
        number: world.openPullRequest(repository, { head: account.login, author: account }).number,
        sha,
      };
    });
    return { account, pulls, signsBy: index % 2 === 0 ? 'comment' : 'page' };
  });
}

/** What a comment that signs sends. */
export function commentOf({ world }: GitHub, { account, pulls }: Signer): readonly Delivery[] {
  const [first] = pulls;
  return first === undefined ? [] : world.comment(first.repository, first.number, account, SIGNING).deliveries;
}

/** A browser that is signed in, with the form filled in. */
export interface Ready {
  readonly visitor: Visitor;
  readonly form: Readonly<Record<string, string>>;
}

/** Goes to the page and signs in with GitHub. */
export async function goThere(base: string, { account }: Signer): Promise<Ready> {
  const visitor = aVisitor(base);
  const begun = await visitor.get(`/cla/login?${new URLSearchParams({ to: PAGE }).toString()}`);
  const asked = new URL(begun.headers.location ?? '');
  asked.searchParams.set('login', account.login);
  const back = await visitor.get(asked.href);
  await visitor.get(back.headers.location ?? '');
  const form = { ...formOf(await visitor.get(PAGE), 'sign'), do: 'sign', agree: 'yes' };
  return { visitor, form };
}

/** Sends the form until the page says that it was taken; the number of times it was sent. */
export async function signThere({ visitor, form }: Ready): Promise<number> {
  for (let times = 1; ; times += 1) {
    try {
      const { status, headers } = await visitor.post(PAGE, form);
      if (status === 303 && headers.location?.endsWith('done=signed') === true) return times;
      if (status < 500) throw new UnexpectedAnswer(`The page answered a signature with ${status}.`);
    } catch (error) {
      // Nobody answers while Steward is down, and the answer is lost where it is killed meanwhile.
      if (error instanceof UnexpectedAnswer) throw error;
    }
    await wait(250);
  }
}

class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}
