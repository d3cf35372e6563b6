/** Makes what the parts of the sign-off rule look at together: a test says only what matters to it. */
import { options, type DcoOptions } from '../../src/rules/dco/options.ts';
import { settingOf, type DcoFacts, type Setting } from '../../src/rules/dco/setting.ts';
import { aContribution, aRepository } from './builders.ts';

export function aSetting(facts: Partial<DcoFacts> = {}, chosen: Partial<DcoOptions> = {}): Setting {
  const ordinary: DcoFacts = {
    commits: [],
    contribution: aContribution(),
    repository: aRepository(),
    mailmap: null,
    memberships: [],
    statements: [],
    certified: [],
    changes: null,
  };
  return settingOf({ ...ordinary, ...facts }, options.parse(chosen));
}
