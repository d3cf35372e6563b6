/** The findings of the rule, in words. */
import { sha256 } from '../../facts/digest.ts';
import type { Account, Commit, Contribution } from '../../facts/source.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import { isAgentAccount } from '../dco/agents.ts';
import type { Finding } from '../rule.ts';
import type { Cover } from './cover.ts';
import { dayAfter, type Exempted } from './exempt.ts';
import type { Agreement } from './options.ts';
import { addressOf, type Participant, type Stranger } from './people.ts';
import { commitList, commitsOf, day, short, whichAddress, whoIs, whyCovered } from './says.ts';
import type { Signed, Standing } from './standing.ts';
import { addressStep, agentStep, botStep, keeping, reminder, signing, titled, type Way } from './steps.ts';
import { graceEnd } from './versions.ts';

/** What is asked for, and how it is given. */
export interface Asking {
  readonly way: Way;
  readonly agreements: readonly Agreement[];
}

/** The policy asks for a signature and names nothing to sign: the office's task, not the contributor's. */
export function noAgreement(): Finding {
  return {
    outcome: 'unknown',
    about: 'agreement',
    says: words`The policy asks for a signed agreement and names none, so nobody can sign it yet.`,
    fix: words`Whoever keeps the policy names it under ${code('rules.cla.agreements')}; contributors need do nothing.`,
  };
}

const GONE = words`The account that opened this pull request is gone, so nobody can sign for it.`;

/** GitHub no longer knows who opened the contribution. */
export function nobodyOpened(): Finding {
  return {
    outcome: 'fail',
    about: 'account:gone',
    says: GONE,
    briefly: GONE,
    fix: words`Somebody who signs the agreement can open a pull request with these commits.`,
    isLasting: true,
  };
}

/** Somebody on the list, with the reason: uses of exemptions are seen. */
export function exempt({ account, deeds }: Participant, { by }: Extract<Exempted, { is: 'exempt' }>): Finding {
  const until = by.until === undefined ? words`` : words` until ${day(by.until)}`;
  return {
    ...{ outcome: 'exempt', about: `account:${account.id}` },
    says: words`${quote(account.login)} need not sign${until}: ${quote(by.reason)}`,
    ...(by.until === undefined ? {} : { until: midnight(dayAfter(by.until)) }),
    ...concerning(deeds),
  };
}

/** What is so with one person, and the step that mends it. */
export function person(participant: Participant, standing: Standing, exempted: Exempted, { way, agreements }: Asking): Finding {
  const { account } = participant;
  const base = { about: `account:${account.id}`, login: account.login, ...concerning(participant.deeds) };
  const step = stepOf(participant, way, agreements);
  switch (standing.is) {
    case 'signed':
      return { outcome: 'pass', ...base, ...signed(account, standing, step) };
    case 'covered':
      return { outcome: 'pass', ...base, ...covered(account, standing) };
    case 'untold': {
      const company = quote(standing.company.name);
      const says = words`${whoIs(participant)} is covered if the account is a member of an organization of ${company}, and Steward could not tell.`;
      return { outcome: 'unknown', says, ...base, ...step };
    }
    case 'unsigned':
      return { outcome: 'fail', ...unsigned(participant, exempted, way, agreements), ...base, ...step };
    case 'outdated':
    case 'company-outdated':
    case 'revoked':
      return { outcome: 'fail', ...inBoth(participant, (who) => words`${who} ${noLonger(standing)}`), ...base, ...step };
  }
}

function stepOf({ account, deeds }: Participant, way: Way, agreements: readonly Agreement[]): Partial<Finding> {
  if (isAgentAccount(account)) return { fix: agentStep(deeds) };
  return account.kind === 'Bot' ? { fix: botStep(account) } : signing(account, way, agreements);
}

function signed({ login }: Account, standing: Signed, step: Partial<Finding>) {
  const says = words`${quote(login)} has signed the ${titled(standing.agreement)}, version ${quote(standing.signature.version)}.`;
  return standing.worth === 'current' ? { says } : { ...earlier(says, standing), ...step };
}

function covered({ login }: Account, cover: Cover) {
  const says = words`${quote(login)} is covered by ${whyCovered(cover)}.`;
  if (cover.worth === 'current') return { says };
  const fix = words`Whoever signs for ${quote(cover.company.name)} signs the new version.`;
  return { ...earlier(says, cover), fix };
}

/** A signature of an earlier version counts: for this contribution, or for some days more. */
function earlier(says: Words, { worth, agreement }: Pick<Signed, 'worth' | 'agreement'>) {
  if (worth === 'kept') return { says: words`${says} ${keeping(agreement)}.` };
  return { says: words`${says} ${reminder(agreement)}.`, until: midnight(graceEnd(agreement)) };
}

/** What counted once, and why it does not any more. */
function noLonger(standing: Extract<Standing, { is: 'outdated' | 'company-outdated' | 'revoked' }>): Words {
  const { agreement } = standing;
  const title = titled(agreement);
  switch (standing.is) {
    case 'outdated':
      return words`has signed the ${title}, version ${quote(standing.signature.version)}; its terms changed in version ${quote(agreement.version)}, in force since ${day(agreement.since)}, which needs a new signature.`;
    case 'company-outdated':
      return words`was covered by ${quote(standing.company.name)}, which has signed the ${title}, version ${quote(standing.company.version)}, but not yet version ${quote(agreement.version)}, in force since ${day(agreement.since)}.`;
    case 'revoked':
      return words`revoked the signature of the ${title} on ${day(standing.signature.until ?? '')}, before this pull request was opened.`;
  }
}

/** A sentence with what somebody did, and without it: for texts that must not change with every push. */
function inBoth(participant: Participant, sentence: (who: Words) => Words): Pick<Finding, 'says' | 'briefly'> {
  return { says: sentence(whoIs(participant)), briefly: sentence(words`${quote(participant.account.login)}`) };
}

function unsigned(participant: Participant, exempted: Exempted, way: Way, agreements: readonly Agreement[]) {
  const [first] = agreements;
  const agreement = way.agreement ?? first;
  const what = agreement ? words`the ${titled(agreement, way.text)}, version ${quote(agreement.version)}` : words`the agreement`;
  const both = inBoth(participant, (who) =>
    way.agreement ? words`${who} has not signed ${what}.` : words`${who} is covered by no company that signed ${what}.`,
  );
  const { says } = both;
  if (exempted?.is === 'expired') {
    return { ...both, says: words`${says} An exemption ended with ${day(exempted.by.until ?? '')}.` };
  }
  if (exempted?.is !== 'unproven') return both;
  const unproven = words`The bot is exempt, but no verified signature proves that ${commitList(exempted.commits)} came from it.`;
  return { ...both, says: words`${says} ${unproven}` };
}

/** An address that belongs to no account counts for nobody, whatever name stands beside it. */
export function unlinked(stranger: Stranger, opened: Contribution, last: Commit | undefined): Finding {
  const { email, deeds } = stranger;
  const address = addressOf(email);
  const name = address === short(address) ? address : sha256(address).slice(0, 16);
  return {
    outcome: 'fail',
    about: address === '' ? 'address:none' : `address:${name}`,
    says: words`${whichAddress(stranger)}, so nobody can have signed for it.`,
    briefly:
      address === ''
        ? words`A commit names no address, so nobody can have signed for it.`
        : words`The address ${code(short(email))} belongs to no account on GitHub, so nobody can have signed for it.`,
    fix: addressStep(stranger, opened, last),
    ...concerning(deeds),
  };
}

/** The beginning of a day, in UTC. */
function midnight(date: string): string {
  return `${date}T00:00:00Z`;
}

function concerning(deeds: Participant['deeds']) {
  return { commits: commitsOf(deeds), isLasting: true } as const;
}
