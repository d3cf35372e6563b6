/** Everybody who takes part in a contribution has signed the agreement, or is covered by a company that has. */
import { commits, contribution } from '../../facts/commits.ts';
import { companyMemberships } from '../../facts/company-memberships.ts';
import { agreements, now, register } from '../../facts/remembered.ts';
import { defineRule } from '../rule.ts';
import { exemptionOf } from './exempt.ts';
import { exempt, noAgreement, nobodyOpened, person, unlinked } from './findings.ts';
import { options } from './options.ts';
import { partyOf } from './people.ts';
import { remarks } from './remarks.ts';
import { standingOf } from './standing.ts';
import { wayOf } from './steps.ts';

export const cla = defineRule({
  id: 'cla',
  on: 'contribution',
  title: 'Everybody who contributes has signed the agreement',
  why: `A contributor license agreement says what the project may do with a contribution, and that its contributor may give it. It is signed once, not for each pull request.

A signature belongs to an account on GitHub, by its numeric id: it survives a new name, and nobody can give it by writing somebody's name or address into a commit. A company can sign for its people.`,
  fix: `Read the agreement, then sign it: write the sentence that the check shows as a comment on the pull request, exactly and alone on its line, or use the page that it links to. Steward looks again by itself, at all your open pull requests. An address in a commit counts only when it belongs to your account: add it under Settings → Emails.`,
  options,
  needs: (_at, chosen) => ({
    commits: commits(),
    contribution: contribution(),
    texts: agreements(chosen.agreements.map(({ id, version, text }) => ({ id, version, text }))),
    register: register(chosen.agreements.map(({ id }) => id)),
    memberships: companyMemberships(chosen.agreements.map(({ id, version }) => ({ id, version }))),
    now: now(),
  }),
  check(facts, chosen) {
    if (chosen.agreements.length === 0) return [noAgreement()];
    const { contribution: opened, memberships, now: at } = facts;
    const way = wayOf(chosen.agreements, facts.texts, facts.contribution, facts.register.companies);
    const circumstances = { openedAt: opened.createdAt ?? at, now: at, memberships };
    const party = partyOf(facts.commits, opened, chosen.signers);
    const isGone = opened.author === null && chosen.signers.includes('opener');
    return [
      ...(isGone ? [nobodyOpened()] : []),
      ...party.participants.map((participant) => {
        const exempted = exemptionOf(participant, chosen.exempt, at);
        if (exempted?.is === 'exempt') return exempt(participant, exempted);
        const standing = standingOf(participant, facts.register, chosen.agreements, circumstances);
        return person(participant, standing, exempted, { way, agreements: chosen.agreements });
      }),
      ...party.strangers.map((stranger) => unlinked(stranger, opened, facts.commits.at(-1))),
    ];
  },
  remarks,
  headline: (findings) => {
    const failing = findings.filter(({ outcome }) => outcome === 'fail');
    if (failing.every(({ about }) => about.startsWith('address:'))) return 'A commit address belongs to no GitHub account';
    if (findings.length === 1) return 'The agreement is not signed yet';
    return `${failing.length} of ${findings.length} people have not signed the agreement`;
  },
});
