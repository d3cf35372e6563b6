/** The smallest steps that mend what the rule finds. */
import type { Account, AgreementText, Commit, Company, Contribution } from '../../facts/source.ts';
import { signingSentence } from '../../facts/sentences.ts';
import { code, link, quote, words, type Part, type Words } from '../../facts/words.ts';
import { agentNamed } from '../dco/agents.ts';
import type { Finding } from '../rule.ts';
import { day } from './says.ts';
import type { Agreement } from './options.ts';
import type { Deed, Stranger } from './people.ts';
import { graceEnd } from './versions.ts';

/** How people sign: the agreement that is asked for, and where it is shown. */
export interface Way {
  /** The first individual agreement; null: the policy names none, only companies sign. */
  readonly agreement: Agreement | null;
  readonly page: string | null;
  /** Where the text can be read; null: nobody knows. */
  readonly text: string | null;
  /** Whether a company covers the members of an organization. */
  readonly byOrganization: boolean;
}

/** The way to sign, from the policy's agreements and what is known of their texts. */
export function wayOf(
  agreements: readonly Agreement[],
  texts: readonly AgreementText[],
  { url }: Contribution,
  companies: readonly Company[] = [],
): Way {
  const agreement = agreements.find(({ kind }) => kind === 'individual') ?? null;
  const asked = agreement ?? agreements[0];
  const page = texts.find(({ id }) => id === asked?.id)?.page ?? null;
  const byOrganization = companies.some(({ until, organizations }) => until === null && organizations.length > 0);
  return { agreement, page, text: page ?? (asked ? placeOf(asked, url) : null), byOrganization };
}

/** The web page of a text; a file in a repository is shown by the GitHub that shows the contribution. */
function placeOf({ text }: Agreement, contribution: string | null): string | null {
  if (text.startsWith('https://')) return text;
  const [, repository, path, ref = 'HEAD'] = /^([^:@]+):([^@]+)(?:@(.+))?$/.exec(text) ?? [];
  if (repository === undefined || path === undefined || contribution === null) return null;
  return new URL(`/${repository}/blob/${encodeURI(ref)}/${encodeURI(path)}`, contribution).href;
}

/** The agreement's title, leading to its text where people can open it. */
export function titled({ title, text }: Agreement, url = text.startsWith('https://') ? text : null): Part {
  return url === null ? quote(title) : link(title, url);
}

/** What an account does to sign, with the sentence and the page for it. */
export function signing(
  { login, id }: Account,
  { agreement, page, text, byOrganization }: Way,
  agreements: readonly Agreement[],
): Partial<Finding> {
  const at = page === null ? {} : { page };
  // GitHub shows an App the public members only of an organization that has not installed it.
  const openly = byOrganization ? words` A membership of the company’s organization on GitHub counts while it is public.` : [];
  if (!agreement) {
    return {
      fix: words`Ask the people who manage the agreement at the company to add ${quote(login)}.${openly}`,
      accountId: id,
      ...at,
    };
  }
  const hasCompanies = agreements.some(({ kind }) => kind === 'corporate');
  const read = words`Once ${quote(login)} has read the ${titled(agreement, text)}, a comment signs it that holds the exact sentence, alone on a line.`;
  const company = hasCompanies
    ? words` Whoever contributes for a company that signed can ask its managers to be added instead.${openly}`
    : [];
  return { fix: words`${read}${company}`, reply: signingSentence(agreement), accountId: id, ...at };
}

/** Why an earlier version counts for this contribution. */
export function keeping(agreement: Agreement): Words {
  return words`Version ${quote(agreement.version)} counts from ${day(agreement.since)}; the earlier one keeps counting for this pull request, which was opened before ${day(graceEnd(agreement))}`;
}

/** The days that are left before an earlier version stops to count. */
export function reminder(agreement: Agreement): Words {
  return words`Version ${quote(agreement.version)} counts from ${day(agreement.since)}; the earlier one still counts before ${day(graceEnd(agreement))}`;
}

/** What to do about a bot, which signs nothing. */
export function botStep({ login, id }: Account): Words {
  return words`A bot cannot sign. Whoever keeps the policy can exempt it with the id ${id} and a reason, as in ${code(
    `exempt: [{ account: '${login}', id: ${id}, reason: … }]`,
  )}.`;
}

/** What to do about an AI agent: the person who worked with it answers for the work, and signs. */
export function agentStep(deeds: readonly Deed[]): Words {
  const tool = words`with the agent in an ${code('Assisted-by:')} line`;
  if (deeds.length > 0 && deeds.every(({ role }) => role === 'co-author')) {
    return words`An AI agent cannot sign. Name it in an ${code('Assisted-by:')} line instead of ${code('Co-authored-by:')}; whoever opened the pull request signs.`;
  }
  return words`An AI agent cannot sign. Whoever worked with it can take the work over, ${tool}: run ${code('git commit --amend --reset-author')} at each of these commits and open the pull request; that person signs.`;
}

/** How an address comes to count: by linking it, which leaves the commits alone, or by writing them again. `last`: of the branch. */
export function addressStep({ email, deeds }: Stranger, { url }: Contribution, last: Commit | undefined): Words {
  const settings = new URL('/settings/emails', url ?? 'https://github.com').href;
  const again = againStep(deeds, last);
  if (agentNamed({ name: '', email }, null) !== null) return agentStep(deeds);
  if (email.trim() === '') return words`The commits need an address of an account: ${again}`;
  return words`Whoever it belongs to can add it to their account under ${link('Settings → Emails', settings)} and then comment ${code('/steward recheck')}; the commits stay as they are. Or else: ${again}`;
}

/** How commits are written again under an address that counts. Only those of the person are marked, nobody else's. */
function againStep(deeds: Stranger['deeds'], last: Commit | undefined): Words {
  if (deeds.some(({ role }) => role === 'co-author')) {
    return words`name the co-author with an address of the account, or a tool, which is no person, in an ${code('Assisted-by:')} line.`;
  }
  const amend = deeds.some(({ role }) => role === 'author')
    ? 'git commit --amend --reset-author --no-edit'
    : 'git commit --amend --no-edit';
  const config = words`set an address of the account with ${code('git config user.email ADDRESS')}`;
  const isLast = deeds.every(({ commit }) => commit.sha === last?.sha);
  if (isLast) return words`${config}, run ${code(amend)}, and push again.`;
  return words`${config}, start ${code('git rebase --interactive --keep-base')} with the base branch, mark these commits with ${code('edit')}, run ${code(amend)} and ${code('git rebase --continue')} at each, and push again.`;
}
