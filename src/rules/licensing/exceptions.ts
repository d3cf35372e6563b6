/** Packages that a policy excepts, each with a reason, for a license and a time. */
import { z } from 'zod';
import { readExpression, type Expression } from '../../facts/spdx/expression.ts';
import { isSameExpression } from '../../facts/spdx/same.ts';
import type { Remark } from '../rule.ts';
import { isPackageNamed, PACKAGE_PATTERN } from './package-pattern.ts';
import { typeProblem } from './package-type.ts';

const packageException = z.strictObject({
  package: z
    .string()
    .regex(PACKAGE_PATTERN, 'Expected a package URL, such as pkg:npm/left-pad, pkg:npm/@acme/* or pkg:cargo/ring@0.17.*.')
    .superRefine((pattern, context) => {
      const problem = typeProblem(pattern);
      if (problem !== null) context.addIssue(problem);
    })
    .describe(
      'The package URL; * stands for any characters. Without a version it is for every version. Without ?vcs_url=, ?download_url= or ?repository_url= it is for packages of public registries only; CHaP is one.',
    ),
  license: z
    .string()
    .superRefine((text, context) => {
      const read = readExpression(text);
      if (!read.known) context.addIssue(`Expected an SPDX expression, such as MIT OR Apache-2.0; ${read.reason}.`);
    })
    .optional()
    .describe('The license that the package has. When it has another one, the exception does not hold.'),
  reason: z.string().trim().min(1).max(300).describe('Why. It is shown wherever the exception is used.'),
  approver: z.string().trim().min(1).max(100).optional().describe('Who decided it.'),
  until: z.iso
    .date('Expected a day such as 2026-01-31.')
    .optional()
    .describe('The last day of the exception, in UTC. Without it the exception does not end.'),
});

export type PackageException = z.output<typeof packageException>;

/** Option of a rule that judges packages: spread into the shape of its own. */
export const exceptionsShape = {
  exceptions: z
    .array(packageException)
    .max(200)
    .default([])
    .describe('Packages that are accepted whatever the lists say: package, license, reason, approver and until.')
    .meta({ tighten: 'subset' }),
} as const;

/** Why an exception that names a package does not hold. */
export type Lapse = 'ended' | 'other license' | 'license not known';

export interface Excepted {
  /** The first that holds; null: none does. */
  readonly exception: PackageException | null;
  /** Those that name the package and do not hold, when none does. */
  readonly lapsed: readonly { readonly exception: PackageException; readonly why: Lapse }[];
}

/** The exception of a package. `expression`: its license; null: not known. `now`: null where no clock is at hand: none has ended. */
export function exceptionFor(
  packageUrl: string,
  expression: Expression | null,
  exceptions: readonly PackageException[],
  now: Date | null,
): Excepted {
  const named = exceptions
    .filter((exception) => isPackageNamed(exception.package, packageUrl))
    .map((exception) => ({ exception, why: lapseOf(exception, expression, now) }));
  const holding = named.find(({ why }) => why === null);
  if (holding !== undefined) return { exception: holding.exception, lapsed: [] };
  return { exception: null, lapsed: named.flatMap(({ exception, why }) => (why === null ? [] : [{ exception, why }])) };
}

/** Exceptions whose last day has passed, for whoever keeps the policy. */
export function exceptionRemarks(exceptions: readonly PackageException[], now: Date | null): readonly Remark[] {
  return exceptions
    .filter(({ until }) => hasEnded(until, now))
    .map((exception) => ({
      option: 'exceptions',
      message: `The exception of ${JSON.stringify(exception.package)} ended with ${exception.until ?? ''}, so it excepts nothing.`,
      hint: 'Remove it, or give it a later day.',
    }));
}

function lapseOf({ license, until }: PackageException, expression: Expression | null, now: Date | null): Lapse | null {
  if (hasEnded(until, now)) return 'ended';
  if (license === undefined) return null;
  if (expression === null) return 'license not known';
  const pinned = readExpression(license);
  return pinned.known && isSameExpression(pinned.value, expression) ? null : 'other license';
}

function hasEnded(until: string | undefined, now: Date | null): boolean {
  return until !== undefined && now !== null && now.toISOString().slice(0, 10) > until;
}
