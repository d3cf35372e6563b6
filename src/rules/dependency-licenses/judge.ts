/** Where one added package stands. */
import type { LicensedPackage } from '../../facts/packages/licensed.ts';
import { readExpression, type Expression } from '../../facts/spdx/expression.ts';
import type { Words } from '../../facts/words.ts';
import type { Standing } from '../licensing/decide.ts';
import { evaluate } from '../licensing/evaluate.ts';
import { exceptionFor, type Excepted, type PackageException } from '../licensing/exceptions.ts';
import { explain } from '../licensing/explain.ts';
import { termsForUsage, type Terms, type Usages } from '../licensing/terms.ts';

export interface PackageTerms extends Terms {
  readonly usages: Usages;
  readonly exceptions: readonly PackageException[];
}

/** A package, where it stands and why. */
export interface JudgedPackage {
  readonly found: LicensedPackage;
  /** The license in SPDX's words; null: not known. */
  readonly expression: string | null;
  readonly standing: Standing;
  /** What decided, in a sentence; null: the license is not known. */
  readonly because: Words | null;
  readonly excepted: Excepted;
}

export function judgePackage(found: LicensedPackage, options: PackageTerms, now: Date): JudgedPackage {
  const { licensed, packageUrl, usage } = found;
  const written = licensed.known ? licensed.value.expression : null;
  const read = written === null ? null : readExpression(written);
  const parsed: Expression | null = read?.known === true ? read.value : null;
  const excepted = exceptionFor(packageUrl, parsed, options.exceptions, now);
  if (parsed === null) return { found, expression: null, standing: 'unknown', because: null, excepted };
  const terms = termsForUsage(options, usage === 'development' ? 'development' : 'linked');
  const evaluation = evaluate(parsed, terms);
  return { found, expression: written, standing: evaluation.standing, because: explain(parsed, evaluation), excepted };
}
