/** What a policy says about agreements without effect, for whoever keeps it. */
import type { Remark } from '../rule.ts';
import { isOver } from './exempt.ts';
import type { ClaOptions } from './options.ts';

/** Agreements that nobody can sign, and exemptions whose last day has passed. */
export function remarks({ agreements, exempt }: ClaOptions, now: Date | null): readonly Remark[] {
  const ended = now === null ? [] : exempt.filter(({ until }) => isOver(until, now.toISOString()));
  return [
    ...(agreements.length === 0 ? [NONE] : []),
    ...(agreements.length > 0 && agreements.every(({ kind }) => kind === 'corporate') ? [CORPORATE] : []),
    ...ended.map(({ account, until }) => ({
      option: 'exempt',
      message: `The exemption of ${JSON.stringify(account)} ended with ${until ?? ''}, so it exempts nobody.`,
      hint: 'Remove it, or give it a later day.',
    })),
  ];
}

const NONE: Remark = {
  option: 'agreements',
  message: 'No agreement is named, so nobody can sign.',
  hint: 'Name one below "agreements": id, title, version, text and since.',
};

const CORPORATE: Remark = {
  option: 'agreements',
  message: 'No agreement is for individuals, so nobody can sign for themselves: only those whom a company covers pass.',
  hint: 'Name one with "kind: individual", or leave it so where only companies contribute.',
};
