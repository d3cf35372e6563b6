/** Where one added package stands. */
import type { Before, LicensedPackage } from '../../facts/packages/licensed.ts';
import type { PackageLicense } from '../../facts/packages/package.ts';
import { readExpression, type Expression } from '../../facts/spdx/expression.ts';
import { isSameExpression } from '../../facts/spdx/same.ts';
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
  /** What its registry says, where that is another license and not both are allowed; null: it does not matter. */
  readonly disputed: PackageLicense | null;
  /** What was there before under the same license, which is held against nobody; null: nothing, or it is allowed. */
  readonly unchanged: Before | null;
}

export function judgePackage(found: LicensedPackage, options: PackageTerms, now: Date): JudgedPackage {
  const { licensed, otherwise, packageUrl, usage } = found;
  const written = licensed.known ? licensed.value.expression : null;
  const parsed = expressionIn(written);
  const other = expressionIn(otherwise?.expression ?? null);
  // The registry knows better what it publishes.
  const excepted = exceptionFor(packageUrl, other ?? parsed, options.exceptions, now);
  const undisputed = { found, excepted, disputed: null, unchanged: null };
  if (parsed === null) return { ...undisputed, expression: null, standing: 'unknown', because: null };
  const terms = termsForUsage(options, usage === 'development' ? 'development' : 'linked');
  const evaluation = evaluate(parsed, terms);
  const { standing } = evaluation;
  const judged = { ...undisputed, expression: written, because: explain(parsed, evaluation) };
  const isFine = standing === 'allow';
  if (other !== null && !(isFine && evaluate(other, terms).standing === 'allow')) {
    return { ...judged, standing: 'deny', disputed: otherwise };
  }
  return { ...judged, standing, unchanged: isFine ? null : unchangedSince(found, parsed) };
}

function unchangedSince({ before }: LicensedPackage, license: Expression): Before | null {
  const old = expressionIn(before?.expression ?? null);
  return old !== null && isSameExpression(old, license) ? before : null;
}

function expressionIn(written: string | null): Expression | null {
  const read = written === null ? null : readExpression(written);
  return read?.known === true ? read.value : null;
}
