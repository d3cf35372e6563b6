/** AI agents: which commits they authored, and whether a person stands behind such a commit. */
import { noReplyOf } from '../../facts/github-addresses.ts';
import type { Account, Commit, Contribution, LinkedPerson, Person } from '../../facts/source.ts';
import { fold, isSigner, isWebFlow, sameAddress } from './people.ts';
import type { Setting } from './setting.ts';

interface Agent {
  readonly name: string;
  /** Numeric account ids; the no-reply addresses with these ids are the agent's too. */
  readonly accounts?: readonly number[];
  /** Logins of GitHub Apps, without `[bot]`: nobody else can have such an account or its no-reply address. */
  readonly apps?: readonly string[];
  /** Addresses that the agent's makers let it write into commits. */
  readonly addresses?: readonly string[];
}

/**
 * The agents that author commits. Ids are those that `api.github.com/users/LOGIN` answers, addresses those that the tools
 * write by themselves, as their documentation and public commits show (compare CHAOSS's `ai-detection-action`).
 * Addresses are matched whole, never by domain: people work for these makers too.
 */
const AGENTS: readonly Agent[] = [
  {
    name: 'GitHub Copilot',
    accounts: [198982749, 223556219, 175728472, 167198135],
    apps: ['copilot', 'copilot-swe-agent'],
    addresses: ['copilot@github.com'],
  },
  { name: 'Claude', accounts: [81847, 209825114], apps: ['claude'], addresses: ['noreply@anthropic.com'] },
  { name: 'Cursor', accounts: [199161495, 206951365], apps: ['cursor'], addresses: ['cursoragent@cursor.com'] },
  { name: 'Devin', accounts: [158243242], apps: ['devin-ai-integration'] },
  {
    name: 'Codex',
    accounts: [199175422],
    apps: ['chatgpt-codex-connector', 'openai-codex'],
    addresses: ['codex@openai.com', 'noreply@openai.com'],
  },
  { name: 'Jules', accounts: [161369871], apps: ['google-labs-jules'] },
  { name: 'Gemini', accounts: [176961590], apps: ['gemini-code-assist', 'gemini-cli'] },
  { name: 'Amazon Q', accounts: [208079219], apps: ['amazon-q-developer'] },
  { name: 'OpenHands', addresses: ['openhands@all-hands.dev'] },
  { name: 'Aider', addresses: ['noreply@aider.chat'] },
  { name: 'Amp', addresses: ['amp@ampcode.com'] },
  { name: 'opencode', addresses: ['noreply@opencode.ai'] },
  { name: 'Windsurf', addresses: ['noreply@codeium.com'] },
];

const byAccount = new Map(AGENTS.flatMap(({ name, accounts = [] }) => accounts.map((id) => [id, name] as const)));
const byApp = new Map(AGENTS.flatMap(({ name, apps = [] }) => apps.map((app) => [app, name] as const)));
const byAddress = new Map(AGENTS.flatMap(({ name, addresses = [] }) => addresses.map((address) => [address, name] as const)));

/** Aider adds this to the name of the person who runs it, and keeps that person's address. */
const AIDER = / ?\(aider\)$/i;

/** The AI agent that authored a commit; null: none that is known. That an agent helped a person changes nothing. */
export function agentOf({ author, authorAccount }: Commit): string | null {
  return agentNamed(author, authorAccount);
}

/** The AI agent that a name, an address and the account linked to it mean; null: none that is known. */
export function agentNamed(person: Person, account: Account | null): string | null {
  const address = fold(person.email);
  if (AIDER.test(fold(person.name))) return 'Aider';
  return (account && ofAccount(account)) ?? byAddress.get(address) ?? ofNoReply(address);
}

/** The account is a known AI agent's. */
export function isAgentAccount(account: Account): boolean {
  return ofAccount(account) !== null;
}

function ofAccount({ id, login, kind }: Account): string | null {
  return byAccount.get(id) ?? (kind === 'Bot' ? byApp.get(login.toLowerCase().replace(/\[bot\]$/, '')) : null) ?? null;
}

function ofNoReply(address: string): string | null {
  const named = noReplyOf(address);
  if (named === null) return null;
  const ofId = named.id === null ? undefined : byAccount.get(named.id);
  return ofId ?? (named.login.endsWith('[bot]') ? byApp.get(named.login.slice(0, -5)) : undefined) ?? null;
}

/**
 * One of the sign-offs is of a person who takes part: who committed the agent's work, or who opened the contribution.
 * The committer counts whatever policy says of committers, because an agent's commit has no author who could sign.
 */
export function isSignedByHuman(
  commit: Commit,
  signOffs: readonly Person[],
  setting: Pick<Setting, 'contribution' | 'mailmap' | 'accounts' | 'options'>,
): boolean {
  const offered = signOffs.filter((signOff) => !isWebFlow(signOff) && agentNamed(signOff, null) === null);
  const people = peopleBehind(commit);
  if (offered.some((signOff) => people.some((person) => isSigner(signOff, person, setting)))) return true;
  const opener = openerOf(setting.contribution);
  // The address decides, since git does not know the opener's name; it has to be given, though.
  return opener !== null && offered.some(({ name, email }) => fold(name) !== '' && sameAddress(email, opener, setting));
}

/** Who committed it, when that is a person; and who ran the agent, when the agent writes under that person's address. */
function peopleBehind({ author, authorAccount, committer, committerAccount }: Commit): readonly LinkedPerson[] {
  const named = [
    { ...committer, account: committerAccount },
    ...(AIDER.test(author.name) ? [{ ...author, account: authorAccount }] : []),
  ];
  return named
    .map((person) => ({ ...person, name: person.name.replace(AIDER, '') }))
    .filter((person) => !isWebFlow(person) && !isMachine(person));
}

/** A bot, an AI agent or an organization, by its account or by its address; anybody may have a name like theirs. */
export function isMachine({ name, email, account }: LinkedPerson): boolean {
  if (account !== null && account.kind !== 'User') return true;
  return fold(email).endsWith('[bot]@users.noreply.github.com') || agentNamed({ name, email }, account) !== null;
}

/** The opener by the account alone: its no-reply addresses, and every address that GitHub links to it in a commit at hand. */
function openerOf({ author: account }: Contribution): LinkedPerson | null {
  if (account?.kind !== 'User' || isAgentAccount(account)) return null;
  return { name: account.login, email: `${account.id}+${account.login}@users.noreply.github.com`, account };
}
