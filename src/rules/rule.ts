/** A rule is a title, a reason, a fix, options, the facts it needs and a pure check. */
import type { z } from 'zod';
import type { Needs, Question, ValuesOf } from '../facts/fact.ts';
import type { Words } from '../facts/words.ts';

/** One observation, about one thing, in words. */
export interface Finding {
  readonly outcome: 'pass' | 'fail' | 'exempt' | 'unknown';
  /** What the finding is about, stable from one evaluation to the next: a file id, a commit id. */
  readonly about: string;
  /** What is so. One sentence; foreign text stays marked. */
  readonly says: Words;
  /** The smallest step that mends it. */
  readonly fix?: Words;
  /** Commands for a shell, one a line, ready to paste. Foreign text in them is already quoted for the shell. */
  readonly commands?: readonly string[];
  /** Names the content that was looked at (a git id): an unknown finding about other content is another finding. */
  readonly evidence?: string;
  /** Where to look; line counts from 1. */
  readonly location?: { readonly path: string; readonly line?: number };
  /** Path of a file that would mend it and does not exist yet; views link to the page that creates it. */
  readonly create?: string;
  /** A line that mends it when the person concerned writes it as a comment, exactly so. */
  readonly reply?: string;
  /** Text that mends it as the message of one more commit, for those who have no clone. */
  readonly paste?: string;
  /** A page on which the person concerned can mend it. */
  readonly page?: string;
  /** Ids of the commits it is about, where `about` names a person. */
  readonly commits?: readonly string[];
  /** The account that can mend it: views may name it, and Steward looks again when that account signs. */
  readonly accountId?: number;
  /** The login of the account it is about, where that is certain: waivers name people. */
  readonly login?: string;
  /** The package it is about: waivers name packages. */
  readonly packageUrl?: string;
  /** What is so without naming commits, for texts that must not change with every push; given where `isLasting`. */
  readonly briefly?: Words;
  /** `about` stays the same from push to push although the rule is about a contribution: it names a person. */
  readonly isLasting?: boolean;
  /** When it stops to be so by itself; ISO 8601. Steward looks again then. */
  readonly until?: string;
  /** Exempt because the policy excepts it by name, with a reason: shown also where nothing else that is fine is. */
  readonly isExcepted?: boolean;
}

/** Which tree a repository rule reads: a pull request is judged at `head` against `base`. */
export type At = 'head' | 'base';

/** How the option behaves when a lower layer may only tighten. */
export type Tightening =
  | 'union'
  | 'intersection'
  /** A list of exemptions: it may only become shorter; empty means none. */
  | 'subset'
  /** One of several words, written mildest first: only a later one. */
  | 'later'
  | 'only-true'
  | 'only-false'
  | 'min'
  | 'max'
  | 'fixed';

/**
 * What a rule is asked of. `contribution`: pull requests only. `repository`: repositories, and pull requests for what they
 * worsen. `default-branch`: repositories only, for what is on their default branch already.
 */
export type Asked = 'contribution' | 'repository' | 'default-branch';

export type Options = z.ZodObject;

/** Something that an option says without effect. */
export interface Remark {
  readonly option: string;
  readonly message: string;
  readonly hint: string;
}

export interface Rule<O extends Options = Options, N extends Needs = Needs> {
  /** Folder name, policy key and documentation page. */
  readonly id: string;
  readonly on: Asked;
  /** A statement that is true when the rule passes. */
  readonly title: string;
  /** Why it matters, in Markdown. */
  readonly why: string;
  /** How to fix it, in Markdown. */
  readonly fix: string;
  /** Every option described; `.meta({ tighten })` says what tightening means. All have defaults. */
  readonly options: O;
  /** Another rule, whose options hold here too where this rule's own say nothing. */
  readonly inherits?: string;
  /** What decides beside the options whether a commit that was accepted elsewhere would be accepted here. Needed anyway. */
  readonly terms?: (options: z.output<O>) => Question<unknown>;
  readonly needs: (at: At, options: z.output<O>) => N;
  /** Pure and synchronous. Called only when every needed fact is known. */
  readonly check: (facts: ValuesOf<N>, options: z.output<O>) => readonly Finding[];
  /** What the options say that cannot have an effect, for whoever keeps the policy; `now` is null where no clock is at hand. */
  readonly remarks?: (options: z.output<O>, now: Date | null) => readonly Remark[];
  /** What is so when findings fail, in Steward's own words and at most 60 characters: `2 of 3 commits need a sign-off`. */
  readonly headline?: (findings: readonly Finding[]) => string;
}

/** Ties options, needs and check together: a rule that reads a fact it did not ask for does not compile. */
export function defineRule<O extends Options, N extends Needs>(rule: Rule<O, N>): Rule<O, N> {
  return rule;
}

/** A rule of any options and needs, as the lists hold them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the one place where the types of different rules meet
export type AnyRule = Rule<any, any>;

/** One case of a rule: the test, the documentation and the sample, all in one. */
export interface Example<O extends Options, N extends Needs> {
  /** A sentence a maintainer could argue with. */
  readonly name: string;
  readonly facts: ValuesOf<N>;
  readonly options?: z.input<O>;
  /** Whole findings; `says` and `fix` as plain text. */
  readonly findings: readonly {
    readonly outcome: Finding['outcome'];
    readonly about: string;
    readonly says: string;
    readonly fix?: string;
    readonly commands?: readonly string[];
    readonly location?: Finding['location'];
    readonly reply?: string;
    readonly paste?: string;
    readonly page?: string;
    readonly commits?: readonly string[];
    readonly accountId?: number;
    readonly isLasting?: boolean;
    readonly until?: string;
  }[];
}

/** Types a list of examples by their rule. */
export function examplesOf<O extends Options, N extends Needs>(
  _rule: Rule<O, N>,
  examples: readonly Example<O, N>[],
): readonly Example<O, N>[] {
  return examples;
}
