/** The examples of every rule, for the pages about rules and for policy tests. A new rule has a line here. */
import { examples as cla } from './cla/examples.ts';
import { examples as dcoHistory } from './dco-history/examples.ts';
import { examples as dco } from './dco/examples.ts';
import { examples as dependencyLicenses } from './dependency-licenses/examples.ts';
import { examples as licenseConsistency } from './license-consistency/examples.ts';
import { examples as licenseFile } from './license-file/examples.ts';
import { examples as licenseHeaders } from './license-headers/examples.ts';
import { examples as notice } from './notice/examples.ts';
import { examples as requiredFiles } from './required-files/examples.ts';
import type { Example } from './rule.ts';

/** An example of a rule of any options and needs, as the lists hold them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- examples of rules of different options and needs meet here
export type AnyExample = Example<any, any>;

/** Examples by the id of their rule, in the order of its page. */
export const examples: ReadonlyMap<string, readonly AnyExample[]> = new Map(
  Object.entries({
    cla,
    dco,
    'dco-history': dcoHistory,
    'dependency-licenses': dependencyLicenses,
    'license-consistency': licenseConsistency,
    'license-file': licenseFile,
    'license-headers': licenseHeaders,
    notice,
    'required-files': requiredFiles,
  }),
);
