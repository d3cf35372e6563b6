/** Every rule, in the order in which findings are shown. A new rule is a folder and one line here. */
import { cla } from './cla/index.ts';
import { dco } from './dco/index.ts';
import { dcoHistory } from './dco-history/index.ts';
import { dependencyLicenses } from './dependency-licenses/index.ts';
import { licenseConsistency } from './license-consistency/index.ts';
import { licenseFile } from './license-file/index.ts';
import { licenseHeaders } from './license-headers/index.ts';
import { noticeRule } from './notice/index.ts';
import { requiredFiles } from './required-files/index.ts';
import type { AnyRule } from './rule.ts';

export const rules: readonly AnyRule[] = [
  dco,
  cla,
  dcoHistory,
  licenseFile,
  licenseConsistency,
  noticeRule,
  licenseHeaders,
  dependencyLicenses,
  requiredFiles,
];
