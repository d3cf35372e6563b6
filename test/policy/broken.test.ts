/**
 * Broken policies, waivers and policy tests, and everything that their authors are told: line and column, keys, what was found and
 * wanted, the next step. Lists of known words are cut after the fifth. A line that begins with "notice" leaves the file in force.
 */
import { describe, expect, test } from '@jest/globals';
import { parse } from '../../src/policy/parse.ts';
import { ownNotices } from '../../src/policy/own-notices.ts';
import type { LayerKind, Presets, Problem } from '../../src/policy/policy.ts';
import { problemText } from '../../src/policy/problem.ts';
import { resolve } from '../../src/policy/resolve.ts';
import { parseWaiver } from '../../src/policy/waivers/parse.ts';
import { isNamed } from '../../src/policy/where.ts';
import { rules } from '../../src/rules/index.ts';
import { readPresets } from '../../src/server/presets.ts';
import { readTests } from '../../src/verdict/policy-test-file.ts';

type Case = readonly [name: string, text: string, ...told: string[]];

const POLICIES: readonly Case[] = [
  [
    'a key that is nearly right',
    'rule:\n  dco: {enforce: block}\n',
    '1:1 rule: Unknown key "rule"; known here: extends, description, readers, certification, rules, …. Did you mean "rules"?',
  ],
  [
    'a key that resembles none',
    'budget: 7\n',
    '1:1 budget: Unknown key "budget"; known here: extends, description, readers, certification, rules, ….',
  ],
  [
    'a rule that stands at the top',
    'dco:\n  enforce: block\n',
    '1:1 dco: Unknown key "dco"; known here: extends, description, readers, certification, rules, …. "dco" is a rule: write it below "rules:", indented.',
  ],
  [
    'a rule that is nearly right',
    'rules:\n  licence-file: {enforce: warn}\n',
    '2:3 rules.licence-file: Unknown rule "licence-file"; known here: dco, cla, dco-history, license-file, license-consistency, …. Did you mean "license-file"?',
  ],
  [
    'an option that is nearly right',
    'rules:\n  dco: {enforce: warn, bot: none}\n',
    '2:24 rules.dco.bot: Unknown option "bot"; known here: enforce, clause, unset, rollout, grace, …. Did you mean "bots"?',
  ],
  [
    'an option that resembles none',
    'rules:\n  notice: {enforce: warn, colour: blue}\n',
    '2:27 rules.notice.colour: Unknown option "colour"; known here: enforce, clause, unset, rollout, grace, ….',
  ],
  [
    'the word of another tool for enforce',
    'rules:\n  dco: {severity: warn}\n',
    '2:9 rules.dco.severity: Unknown option "severity"; known here: enforce, clause, unset, rollout, grace, …. Did you mean "enforce"?',
  ],
  [
    'options in a group of their own',
    'rules:\n  dco:\n    enforce: warn\n    options: {bots: none}\n',
    '4:5 rules.dco.options: Unknown option "options"; known here: enforce, clause, unset, rollout, grace, …. Options stand beside "enforce", without a group of their own.',
  ],
  [
    'tabs',
    'rules:\n\tdco:\n\t\tenforce: block\n',
    '2:1: This is not valid YAML: tab characters must not be used in indentation. Indent with spaces.',
  ],
  [
    'false for off',
    'rules:\n  dco: {enforce: false}\n',
    '2:18 rules.dco.enforce: The value false is not one of: off, observe, warn, block. Did you mean "off"?',
  ],
  [
    'true for a level',
    'rules:\n  dco: {enforce: true}\n',
    '2:18 rules.dco.enforce: The value true is not one of: off, observe, warn, block. Say how firmly: observe, warn or block.',
  ],
  [
    'a key without its colon',
    'rules:\n  dco\n    enforce: block\n',
    '3:12: This is not valid YAML: bad indentation of a mapping entry. Keys of one group start in the same column and end in a colon; text with ": " in it needs quotes.',
  ],
  [
    'a colon without a space',
    'rules:\n  dco:\n    enforce:block\n',
    '3:5 rules.dco: Expected a group of keys, found "enforce:block". Put a space behind the colon: "enforce: block".',
  ],
  [
    'a colon in text without quotes',
    'description: Policy: the first\n',
    '1:20: This is not valid YAML: bad indentation of a mapping entry. Keys of one group start in the same column and end in a colon; text with ": " in it needs quotes.',
  ],
  [
    'a rule that is written twice',
    'rules:\n  dco: {enforce: warn}\n  dco: {enforce: block}\n',
    '3:3 rules.dco: The key "dco" is written twice; it stands on line 2 already. Keep one of them.',
  ],
  [
    'an alias',
    'rules:\n  dco: &x {enforce: block}\n  cla: *x\n',
    '3:8 rules.cla: "*x" repeats another part of the file; a policy has no such aliases, so that each line says what it means. Write the value out, or put text that starts with * in quotes.',
  ],
  [
    'a merge key',
    'rules:\n  dco: &x {enforce: block}\n  cla:\n    <<: {enforce: warn}\n',
    '4:5 rules.cla.<<: Unknown option "<<"; known here: enforce, clause, unset, rollout, grace, …. A policy has no merge keys; write the values out.',
  ],
  [
    'two documents',
    'certification: dco\n---\ncertification: cla\n',
    '3:1: A second document starts here; a policy file holds one. Remove the line "---" in between.',
  ],
  [
    'a tag that other readers run',
    'rules: !!python/object:os.system {dco: {enforce: warn}}\n',
    '1:8: This is not valid YAML: unknown mapping tag !<tag:yaml.org,2002:python/object:os.system>. A policy needs no tags: remove the word that starts with "!".',
  ],
  [
    'an alias bomb',
    'a: &a [x, x]\nb: &b [*a, *a]\n',
    '2:8 b[0]: "*a" repeats another part of the file; a policy has no such aliases, so that each line says what it means. Write the value out, or put text that starts with * in quotes.',
    '2:12 b[1]: "*a" repeats another part of the file; a policy has no such aliases, so that each line says what it means. Write the value out, or put text that starts with * in quotes.',
  ],
  [
    'a bracket that is not closed',
    'rules:\n  license-file:\n    enforce: warn\n    allow: [MIT\n',
    '5:1: This is not valid YAML: deficient indentation. Check that every bracket and quote above is closed.',
  ],
  [
    'a quote that is not closed',
    'description: "not closed\n',
    '2:1: This is not valid YAML: deficient indentation. Check that every bracket and quote above is closed.',
  ],
  [
    'a list',
    '- dco\n- cla\n',
    '1:1: The file holds a list; a policy is a group of keys such as "rules:". Start with "rules:" and write each rule below it, indented.',
  ],
  [
    'a sentence',
    'block everything\n',
    '1:1: The file holds the text "block everything"; a policy is a group of keys such as "rules:". Start with "rules:" and write each rule below it, indented.',
  ],
  [
    'JSON that is not closed',
    '{"rules": {"dco": {"enforce": "block"},}\n',
    '2:1: This is not valid YAML: unexpected end of the stream within a flow collection. Check that every [ and { is closed, with commas between the entries.',
  ],
  [
    'a byte that is no text',
    'rules:\n  dco: {enforce: war\0n}\n',
    '2:21: The file is not text in UTF-8; a policy is YAML in UTF-8. Save it again as UTF-8 text.',
  ],
  [
    'rules as a list',
    'rules:\n  - dco\n',
    '2:3 rules: Expected a group of keys, found a list. Write each rule as a key below "rules:", without a dash.',
  ],
  [
    'a level in place of a rule',
    'rules:\n  dco: block\n',
    '2:8 rules.dco: Expected a group of keys, found "block". Write "enforce: block" below it, indented.',
  ],
  [
    'rules that are not there',
    'rules:\n',
    '1:1 rules: Expected a group of keys, found nothing. Write a value, or remove the key.',
  ],
  [
    'a level that is not there',
    'rules:\n  dco:\n    enforce:\n',
    '3:5 rules.dco.enforce: Nothing is written here; expected one of: off, observe, warn, block. Write a value, or remove the key.',
  ],
  [
    'null',
    'certification: null\n',
    '1:16 certification: Nothing is written here; expected one of: none, either, dco, cla, both. Write a value, or remove the key.',
  ],
  [
    'one entry without its list',
    'rules:\n  license-file: {enforce: warn, allow: MIT}\n',
    '2:40 rules.license-file.allow: Expected a list, found "MIT". Write a list: [MIT].',
  ],
  [
    'yes for true',
    'rules:\n  license-headers: {enforce: warn, copyright: yes}\n',
    '2:47 rules.license-headers.copyright: Expected true or false, found "yes". Write true.',
  ],
  [
    'an id that is nearly one of SPDX',
    'rules:\n  license-file: {enforce: warn, allow: [Apache2.0, MIT]}\n',
    '2:41 rules.license-file.allow[0]: "Apache2.0" cannot stand here. Expected an SPDX license id, such as Apache-2.0, a LicenseRef-, a category, such as category:permissive, or NONE; Apache2.0 at character 1 is not on the SPDX list (did you mean Apache-2.0?).',
  ],
  [
    'licenses and categories that nobody knows',
    'rules:\n  dependency-licenses: {enforce: warn, deny: [GPL-3.0-only, GPLv4, category:copyleft]}\n',
    '2:61 rules.dependency-licenses.deny[1]: "GPLv4" cannot stand here. Expected an SPDX license id, such as Apache-2.0, a LicenseRef-, a category, such as category:permissive, or NONE; GPLv4 at character 1 is not on the SPDX list. The ids are listed at https://spdx.org/licenses; what is not there is named LicenseRef-….',
    '2:68 rules.dependency-licenses.deny[2]: "category:copyleft" cannot stand here. Expected an SPDX license id, such as Apache-2.0, a LicenseRef-, a category, such as category:permissive, or NONE; copyleft is no category (there are public-domain, permissive, font, content, data, …).',
  ],
  [
    'an expression in place of an id',
    'rules:\n  license-file: {enforce: warn, allow: [MIT OR Apache-2.0]}\n',
    '2:41 rules.license-file.allow[0]: "MIT OR Apache-2.0" cannot stand here. Expected an SPDX license id, such as Apache-2.0, a LicenseRef-, a category, such as category:permissive, or NONE; it names several licenses; each is an entry of its own.',
  ],
  [
    'an id of a kind of work',
    'rules:\n  license-file: {enforce: warn, kinds: {documentation: {allow: [CC-BY]}}}\n',
    '2:65 rules.license-file.kinds.documentation.allow[0]: "CC-BY" cannot stand here. Expected an SPDX license id, such as Apache-2.0, a LicenseRef-, a category, such as category:permissive, or NONE; CC-BY at character 1 is not on the SPDX list (did you mean CC-BY-4.0?).',
  ],
  [
    'an exception until a day that does not exist',
    'rules:\n  dependency-licenses:\n    enforce: warn\n    exceptions: [{package: pkg:npm/x, reason: Looked at., until: 2027-02-30}]\n',
    '4:66 rules.dependency-licenses.exceptions[0].until: "2027-02-30" cannot stand here. Expected a day such as 2026-01-31.',
  ],
  [
    'an exception for something that is no package URL',
    'rules:\n  dependency-licenses:\n    enforce: warn\n    exceptions: [{package: left-pad, reason: Looked at.}]\n',
    '4:28 rules.dependency-licenses.exceptions[0].package: "left-pad" cannot stand here. Expected a package URL, such as pkg:npm/left-pad, pkg:npm/@acme/* or pkg:cargo/ring@0.17.*.',
  ],
  [
    'a glob of another dialect',
    'rules:\n  license-headers: {enforce: warn, include: ["src/{a,b}/*.ts"]}\n',
    '2:46 rules.license-headers.include[0]: "src/{a,b}/*.ts" cannot stand here. Expected a path pattern from the root, such as src/**/*.hs; beside *, ** and ? it holds signs that stand for more; write one pattern for each case.',
  ],
  [
    'names of repositories with their owner',
    'groups:\n  - {name: docs, where: {names: ["acme/docs-*"]}, rules: {dco: {enforce: warn}}}\n',
    '2:34 groups[0].where.names[0]: "acme/docs-*" cannot stand here. It is no pattern of repository names: it has a slash; the name of a repository is written without its owner. Write "docs-*".',
  ],
  [
    'a regular expression in place of a name',
    'groups:\n  - {name: docs, where: {names: ["(a+)+$"]}, rules: {dco: {enforce: warn}}}\n',
    '2:34 groups[0].where.names[0]: "(a+)+$" cannot stand here. It is no pattern of repository names: beside *, ** and ? it holds signs that stand for more; write one pattern for each case. Write a name such as "website" or "cardano-*".',
  ],
  [
    'a group that means nobody',
    'groups:\n  - {name: docs, where: {}, rules: {dco: {enforce: warn}}}\n',
    '2:25 groups[0].where: A group of keys cannot stand here. It means no repository. Add names, topics, properties, visibility, languages or stages.',
  ],
  [
    'a group without a name',
    'groups:\n  - {where: {names: [docs]}, rules: {dco: {enforce: warn}}}\n',
    '2:5 groups[0].name: "name" is missing here. Add "name: " with text.',
  ],
  [
    'two groups of one name',
    'groups:\n  - {name: docs, where: {names: [a]}}\n  - {name: docs, where: {names: [b]}}\n',
    '3:12 groups[1].name: The name "docs" is given on line 2 already. Give each its own name.',
  ],
  [
    'a key of a group that is nearly right',
    'groups:\n  - {name: docs, where: {topic: [a]}}\n',
    '2:25 groups[0].where: A group of keys cannot stand here. It means no repository. Add names, topics, properties, visibility, languages or stages.',
    '2:26 groups[0].where.topic: Unknown key "topic"; known here: names, topics, properties, visibility, languages, …. Did you mean "topics"?',
  ],
  [
    'a visibility that GitHub does not have',
    'groups:\n  - {name: docs, where: {visibility: [secret]}}\n',
    '2:39 groups[0].where.visibility[0]: "secret" is not one of: public, private, internal.',
  ],
  [
    'a stage that nothing tells',
    'groups:\n  - {name: young, where: {stages: [incubation]}, rules: {dco: {enforce: warn}}}\n',
    '2:36 groups[0].where.stages[0]: Nothing tells which repositories are in the stage "incubation"; stages are told here: none. Name a custom property, or the repositories of the stage, below "lifecycle:".',
  ],
  [
    'a stage that is nearly right',
    'lifecycle: {stages: {incubation: [new-*]}}\ngroups:\n  - {name: young, where: {stages: [incubating]}}\n',
    '3:36 groups[0].where.stages[0]: Nothing tells which repositories are in the stage "incubating"; stages are told here: incubation. Did you mean "incubation"?',
  ],
  [
    'stages without lists',
    'lifecycle: {stages: {incubation: cardano-*}}\n',
    '1:34 lifecycle.stages.incubation: Expected a list, found "cardano-*". Write a list: [cardano-*].',
  ],
  [
    'a preset that is nearly right',
    'extends: basline\n',
    '1:10 extends: There is no preset "basline"; the presets are: apache-2.0, baseline, intersect, observe, openssf-baseline. Did you mean "baseline"?',
  ],
  [
    'a base outside its repository',
    'extends: acme/.github:../../secrets.yml\n',
    '1:10 extends: "acme/.github:../../secrets.yml" cannot stand here. Expected the name of a preset, or OWNER/REPO[:PATH][@REF].',
  ],
  [
    'a base at an address',
    'extends: https://example.org/policy.yml\n',
    '1:10 extends: "https://example.org/policy.yml" cannot stand here. Expected the name of a preset, or OWNER/REPO[:PATH][@REF].',
  ],
  ['two bases', 'extends: [baseline, observe]\n', '1:10 extends: Expected text, found a list.'],
  [
    'a base without a name',
    'extends: ""\n',
    '1:10 extends: "" cannot stand here. Expected the name of a preset, or OWNER/REPO[:PATH][@REF].',
  ],
  [
    'a cohort that names no group',
    'groups:\n  - {name: early, where: {names: [a]}}\nrules:\n  dco:\n    enforce: observe\n    rollout:\n      - {enforce: warn, from: 2026-12-01, cohorts: [earli]}\n',
    '7:53 rules.dco.rollout[0].cohorts[0]: There is no group and no pilot called "earli"; there are: early. Did you mean "early"?',
  ],
  [
    'a roll-out that runs backwards',
    'rules:\n  dco:\n    enforce: observe\n    rollout:\n      - {enforce: warn, from: 2027-03-01}\n      - {enforce: block, from: 2027-01-01}\n',
    '6:32 rules.dco.rollout[1].from: "2027-01-01" cannot stand here. The step before it starts on 2027-03-01; the last step that applies decides. Write the steps in the order of their days.',
  ],
  [
    'nobody, by percent',
    'rules:\n  dco:\n    enforce: observe\n    rollout: [{enforce: warn, percent: 0}]\n',
    '4:40 rules.dco.rollout[0].percent: Expected at least 1, found the number 0. Leave the step out, or use "enforce: observe".',
  ],
  [
    'more than everybody, by percent',
    'rules:\n  dco:\n    enforce: observe\n    rollout: [{enforce: warn, percent: 101}]\n',
    '4:40 rules.dco.rollout[0].percent: Expected at most 100, found the number 101.',
  ],
  [
    'a day as people write it',
    'rules:\n  dco:\n    enforce: observe\n    rollout: [{enforce: warn, from: 01.12.2026}]\n',
    '4:37 rules.dco.rollout[0].from: "01.12.2026" cannot stand here. Expected a day that exists, as YYYY-MM-DD.',
  ],
  [
    'a day that does not exist',
    'rules:\n  dco:\n    enforce: observe\n    rollout: [{enforce: warn, from: 2026-02-30}]\n',
    '4:37 rules.dco.rollout[0].from: "2026-02-30" cannot stand here. Expected a day that exists, as YYYY-MM-DD.',
  ],
  [
    'a step without a level',
    'rules:\n  dco:\n    enforce: observe\n    rollout: [{from: 2026-12-01}]\n',
    '4:15 rules.dco.rollout[0].enforce: "enforce" is missing here. Add "enforce: " with one of: off, observe, warn, block.',
  ],
  [
    'a grace that blocks, for less than no days',
    'rules:\n  dco:\n    enforce: block\n    grace: {newRepositories: -1, level: block}\n',
    '4:30 rules.dco.grace.newRepositories: Expected at least 1, found the number -1.',
    '4:41 rules.dco.grace.level: "block" is not one of: observe, warn.',
  ],
  [
    'an option to unset that is nearly right',
    'rules:\n  dco:\n    enforce: warn\n    unset: [trailer]\n',
    '4:13 rules.dco.unset[0]: "trailer" is not one of: enforce, clause, rollout, grace, trailers, …. Did you mean "trailers"?',
  ],
  [
    'an option that is set and unset',
    'rules:\n  dco:\n    enforce: warn\n    trailers: git\n    unset: [trailers]\n',
    '5:13 rules.dco.unset[0]: "trailers" cannot stand here. The same file sets "trailers" beside it. Keep one of the two.',
  ],
  [
    'a lock on nothing',
    'locked: [dco.enforc]\n',
    '1:10 locked[0]: "dco.enforc" is not one of: certification, dco, dco.enforce, dco.trailers, dco.tolerateSpacing, ….committerMaySign, dco.mailmap, dco.noreply, dco.realName, dco.mergeCommits, dco.reverts, dco.bots, dco.botAccounts, dco.agents, dco.coAuthors, dco.exempt, dco.exemptSigned, dco.remediation, dco.representatives, dco.byComment, dco.certifiedBefore, cla, cla.enforce, cla.agreements, …. Did you mean "dco.enforce"?',
  ],
  [
    'a lock on what may be loosened',
    'locked: [dco]\nmayLoosen: [dco.enforce]\nrules:\n  dco: {enforce: warn}\n',
    'notice 2:1 mayLoosen: "dco.enforce" has no effect here, because "dco" is locked (f, line 1); that holds. Remove "dco.enforce" under "mayLoosen" here, or "dco" under "locked" there.',
  ],
  [
    'a ratchet on what may be loosened',
    'mayOnlyTighten: [license-file]\nmayLoosen: [license-file]\n',
    'notice 2:1 mayLoosen: "license-file" has no effect here, because "license-file" may only be tightened (f, line 1); that holds. Remove "license-file" under "mayLoosen" here, or "license-file" under "mayOnlyTighten" there.',
  ],
  [
    'a pilot that ends before it starts',
    'pilots:\n  - {name: p, owner: a@example.org, where: {names: [a]}, start: 2027-02-01, end: 2026-12-01}\n',
    '2:82 pilots[0].end: "2026-12-01" cannot stand here. It is before the first day, 2027-02-01. Write a last day that is not before the first.',
  ],
  [
    'a pilot without owner and end',
    'pilots:\n  - {name: p, where: {names: [a]}, start: 2026-12-01}\n',
    '2:5 pilots[0].owner: "owner" is missing here. Add "owner: " with text.',
    '2:5 pilots[0].end: "end" is missing here. Add "end: " with text.',
  ],
  [
    'a target of no rule, beyond everybody',
    'pilots:\n  - {name: p, owner: a, where: {names: [a]}, start: 2026-12-01, end: 2027-02-01, targets: [{rule: dcoo, passing: 120}]}\n',
    '2:99 pilots[0].targets[0].rule: "dcoo" is not one of: dco, cla, dco-history, license-file, license-consistency, …. Did you mean "dco"?',
    '2:114 pilots[0].targets[0].passing: Expected at most 100, found the number 120.',
  ],
  [
    'a pause without a reason',
    'paused: true\n',
    '1:9 paused: Expected a group of keys, found the value true. Write "paused: { because: … }".',
  ],
  [
    'a pause until no day',
    'paused: {because: x, until: tomorrow}\n',
    '1:29 paused.until: "tomorrow" cannot stand here. Expected a day that exists, as YYYY-MM-DD.',
  ],
  ['a cap that lets nothing through', 'maxWritesPerHour: 0\n', '1:19 maxWritesPerHour: Expected at least 1, found the number 0.'],
  ['less than no new failures', 'maxNewFailures: -1\n', '1:17 maxNewFailures: Expected at least 0, found the number -1.'],
  [
    'approvers that are nobody, for no days',
    'waivers: {approvers: ["team office"], maxDays: 0}\n',
    '1:23 waivers.approvers[0]: "team office" cannot stand here. Expected the login of a person, or team:SLUG of the organization.',
    '1:48 waivers.maxDays: Expected at least 1, found the number 0.',
  ],
  [
    'a sentence that cannot be checked, without the reason',
    'notCheckable: [{says: Projects have a chat.}]\n',
    '1:16 notCheckable[0].why: "why" is missing here. Add "why: " with text.',
  ],
  [
    'the name of another check',
    'checkName: Steward policy\n',
    '1:12 checkName: "Steward policy" cannot stand here. Steward shows problems of policies under this name.',
  ],
  [
    'a role that GitHub does not have',
    'mayOverride: owner\n',
    '1:14 mayOverride: "owner" is not one of: nobody, admin, maintain, write.',
  ],
  [
    'a certification in capitals',
    'certification: DCO\n',
    '1:16 certification: "DCO" is not one of: none, either, dco, cla, both. Did you mean "dco"?',
  ],
  [
    'a clause that links to a script',
    'rules:\n  dco:\n    enforce: warn\n    clause: {says: Sign., url: "javascript:alert(1)"}\n',
    '4:32 rules.dco.clause.url: "javascript:alert(1)" cannot stand here. Expected a web address that starts with https://.',
  ],
  [
    'a clause without its sentence',
    'rules:\n  dco:\n    enforce: warn\n    clause: {url: "https://example.org"}\n',
    '4:5 rules.dco.clause.says: "says" is missing here. Add "says: " with text.',
  ],
  [
    'names that every object has',
    '__proto__: {rules: {}}\nconstructor: 1\nrules: {__proto__: {enforce: block}, toString: {}}\n',
    '1:1 __proto__: Unknown key "__proto__"; nothing in such a file has this name. Remove it, or give it another name.',
    '2:1 constructor: Unknown key "constructor"; known here: extends, description, readers, certification, rules, ….',
    '3:9 rules.__proto__: Unknown key "__proto__"; nothing in such a file has this name. Remove it, or give it another name.',
    '3:38 rules.toString: Unknown rule "toString"; known here: dco, cla, dco-history, license-file, license-consistency, ….',
  ],
  [
    'such a name in a group whose keys are free',
    'rules:\n  license-file: {enforce: warn, kinds: {__proto__: {allow: [MIT]}}}\n',
    '2:41 rules.license-file.kinds.__proto__: Unknown key "__proto__"; nothing in such a file has this name. Remove it, or give it another name.',
  ],
  [
    'thirty levels',
    '{a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}',
    '1:74: This is not valid YAML: nesting exceeded maxDepth (20). A policy has at most five levels; write it without the extra nesting.',
  ],
  [
    'a rule without a level',
    'rules:\n  license-file: {allow: [MIT]}\n',
    'notice 2:3 rules.license-file: Nothing says how firmly "license-file" is held, so it is not asked, and what stands here has no effect. Write "enforce: observe", "enforce: warn" or "enforce: block" below it.',
  ],
  [
    'a certification without a rule',
    'certification: cla\n',
    'notice 1:1 certification: "cla" asks for the rule "cla", but nothing says how firmly, so it is not asked. Write "enforce: warn" or "enforce: block" for "cla" below "rules:".',
  ],
  [
    'a license that is allowed and denied',
    'rules:\n  license-file: {enforce: warn, allow: [MIT], deny: [MIT]}\n',
    'notice 2:33 rules.license-file.allow: "MIT" has no effect here: deny names it too, by "MIT". Remove it from one of the two lists. To allow one license of a category that is denied, put it into another category by "categories".',
  ],
  [
    'an agreement with everything wrong',
    'rules:\n  cla:\n    enforce: block\n    agreements: [{id: Individual!, title: x, version: 1, text: y, since: today}]\n',
    '4:23 rules.cla.agreements[0].id: "Individual!" cannot stand here. Expected a short name of lower-case letters, digits and dashes.',
    '4:55 rules.cla.agreements[0].version: Expected text, found the number 1. Put it in quotes.',
    '4:64 rules.cla.agreements[0].text: "y" cannot stand here. Expected https://… or OWNER/REPO:PATH[@REF].',
    '4:74 rules.cla.agreements[0].since: "today" cannot stand here. Expected a day such as 2026-01-31.',
  ],
  [
    'a rule on agreements without any',
    'rules:\n  cla: {enforce: block}\n',
    'notice 2:9 rules.cla.agreements: No agreement is named, so nobody can sign. Name one below "agreements": id, title, version, text and since.',
  ],
  [
    'a list for a key',
    '[a]: 1\n',
    '1:1: A key is a list, a group or a reference here; keys of a policy are plain words. Put text that starts with [, { or * in quotes.',
  ],
  ['a number for a key', '1: 2\n', '1:1 1: Unknown key "1"; known here: extends, description, readers, certification, rules, ….'],
  [
    'a word with a hidden sign',
    '"\\u202erules": {}\n',
    '1:1 \\u{202e}rules: Unknown key "\\u{202e}rules"; known here: extends, description, readers, certification, rules, …. Did you mean "rules"?',
  ],
  [
    'a clause without its key',
    'rules:\n  dco:\n    enforce: warn\n    clause: Sign your work.\n',
    '4:13 rules.dco.clause: Expected a group of keys, found "Sign your work.". Write "clause: { says: … }".',
  ],
  [
    'a roll-out without its list',
    'rules:\n  dco:\n    enforce: observe\n    rollout: {enforce: warn, from: 2027-01-15}\n',
    '4:14 rules.dco.rollout: Expected a list, found a group of keys. Write "rollout: [{ enforce: warn, from: 2027-01-15 }]".',
  ],
  [
    'true in quotes',
    'rules:\n  license-headers: {enforce: warn, copyright: "true"}\n',
    '2:47 rules.license-headers.copyright: Expected true or false, found "true". Remove the quotes.',
  ],
  ['a number in quotes', 'maxNewFailures: "3"\n', '1:17 maxNewFailures: Expected a number, found "3". Remove the quotes.'],
  [
    'yes for a level',
    'rules:\n  dco: {enforce: yes}\n',
    '2:18 rules.dco.enforce: "yes" is not one of: off, observe, warn, block. Say how firmly: observe, warn or block.',
  ],
  [
    'no for a level',
    'rules:\n  dco: {enforce: no}\n',
    '2:18 rules.dco.enforce: "no" is not one of: off, observe, warn, block. Did you mean "off"?',
  ],
  [
    'a pattern without its list',
    'groups:\n  - {name: docs, where: {names: "*-docs"}}\n',
    '2:33 groups[0].where.names: Expected a list, found "*-docs". Write a list: [\'*-docs\'].',
  ],
  [
    'words with commas without their list',
    'rules:\n  license-file: {enforce: warn, allow: "MIT, Apache-2.0"}\n',
    '2:40 rules.license-file.allow: Expected a list, found "MIT, Apache-2.0". Write a list: [MIT, Apache-2.0].',
  ],
  [
    'keys of a rule at the top',
    'enforce: warn\ngrace: {newRepositories: 30, level: warn}\nallow: [MIT]\n',
    '1:1 enforce: Unknown key "enforce"; known here: extends, description, readers, certification, rules, …. "enforce" belongs below a rule: write it below "dco:", for instance, which stands below "rules:".',
    '2:1 grace: Unknown key "grace"; known here: extends, description, readers, certification, rules, …. "grace" belongs below a rule: write it below "dco:", for instance, which stands below "rules:".',
    '3:1 allow: Unknown key "allow"; known here: extends, description, readers, certification, rules, …. "allow" belongs below a rule: write it below "license-file:", for instance, which stands below "rules:".',
  ],
  [
    'keys of a rule in a group, and in place of one',
    'groups:\n  - {name: docs, where: {names: [a]}, enforce: warn}\nrules:\n  enforce: warn\n',
    '2:39 groups[0].enforce: Unknown key "enforce"; known here: name, where, certification, rules. "enforce" belongs below a rule: write it below "dco:", for instance, which stands below "rules:".',
    '4:3 rules.enforce: Unknown rule "enforce"; known here: dco, cla, dco-history, license-file, license-consistency, …. "enforce" belongs below a rule: write it below "dco:", for instance, which stands below "rules:".',
  ],
  [
    'a no-break space behind a colon',
    'rules:\n  dco:\n    enforce:\u00a0warn\n',
    '3:13: An invisible character stands here: U+00A0, which looks like a space and is none in YAML. Delete it, and type a space instead.',
  ],
  [
    'a no-break space behind a colon and more keys',
    'rules:\n  dco:\n    enforce:\u00a0warn\n    bots: none\n',
    '3:13: An invisible character stands here: U+00A0, which looks like a space and is none in YAML. Delete it, and type a space instead.',
  ],
  [
    'a no-break space beside an ordinary one',
    'rules:\n  dco: {enforce: \u00a0warn}\n',
    '2:18: An invisible character stands here: U+00A0, which looks like a space and is none in YAML. Delete it, and type a space instead.',
  ],
  [
    'no-break spaces in place of indentation',
    'rules:\n\u00a0\u00a0dco: {enforce: warn}\n',
    '1:1 rules: Expected a group of keys, found nothing. Write a value, or remove the key.',
    '2:1: An invisible character stands here: U+00A0, which looks like a space and is none in YAML. Delete it, and type a space instead.',
  ],
  [
    'a day that does not exist before others',
    'rules:\n  dco:\n    enforce: observe\n    rollout:\n      - {enforce: warn, from: tomorrow}\n      - {enforce: block, from: 2027-01-01}\n',
    '5:31 rules.dco.rollout[0].from: "tomorrow" cannot stand here. Expected a day that exists, as YYYY-MM-DD.',
  ],
  [
    'a pilot that ends on no day',
    'pilots:\n  - {name: p, owner: a, where: {names: [a]}, start: tomorrow, end: 2027-02-30}\n',
    '2:53 pilots[0].start: "tomorrow" cannot stand here. Expected a day that exists, as YYYY-MM-DD.',
    '2:68 pilots[0].end: "2027-02-30" cannot stand here. Expected a day that exists, as YYYY-MM-DD.',
  ],
  [
    'a group that sets what its file locks',
    'locked: [dco]\nmayOnlyTighten: [license-file.allow]\nrules:\n  dco: {enforce: block}\n  license-file: {enforce: warn, allow: [MIT]}\ngroups:\n  - {name: a, where: {names: [a]}, rules: {dco: {enforce: warn}, license-file: {allow: [MIT, Apache-2.0]}}}\n  - {name: b, where: {names: [b]}, rules: {dco: {enforce: block}}}\n',
    'notice 7:50 groups[0].rules.dco.enforce: "warn" has no effect here, because "dco" is locked (f, line 1); "block" stays (f, line 4). Whoever keeps that file can allow it by removing "dco" under locked.',
    'notice 7:81 groups[0].rules.license-file.allow: ["Apache-2.0"] has no effect here, because "license-file.allow" may only be tightened (f, line 2); ["MIT"] stays (f, line 5). Whoever keeps that file can allow it by removing "license-file.allow" under mayOnlyTighten.',
  ],
  [
    'a pause and a pilot that are over',
    'paused: {because: Moving house., until: 2026-11-30}\npilots:\n  - {name: p, owner: a, where: {names: [a]}, start: 2026-01-01, end: 2026-11-30}\n  - {name: q, owner: a, where: {names: [a]}, start: 2026-01-01, end: 2026-12-01}\n',
    'notice 1:1 paused.until: The pause ended with its last day, 2026-11-30. Remove it, or write a later day.',
    'notice 3:5 pilots[0].end: The pilot "p" ended with its last day, 2026-11-30. Remove it, or write a later day.',
  ],
  [
    'approvers that are nobody at all',
    'waivers: {approvers: []}\n',
    'notice 1:11 waivers.approvers: Nobody is named, which does not mean nobody: whoever may write in the policy repository can approve waivers. Name logins or team:SLUG, or remove the key.',
  ],
  [
    'a step that is softer than one before',
    'rules:\n  dco:\n    enforce: observe\n    rollout:\n      - {enforce: block, from: 2027-01-01}\n      - {enforce: warn, from: 2027-02-01}\n',
    'notice 6:9 rules.dco.rollout[1]: This step is softer than the one on line 5: from here on the rule is held at "warn" instead of "block", because the last step that applies decides. Write the softer step first, unless this is meant.',
  ],
  [
    'a step for fewer than the one before',
    'rules:\n  dco:\n    enforce: observe\n    rollout:\n      - {enforce: warn, from: 2027-01-01, percent: 50}\n      - {enforce: warn, from: 2027-02-01, percent: 25}\n',
    'notice 6:9 rules.dco.rollout[1]: This step has no effect: it is for 25 percent, and the one on line 5 holds 50 percent, these among them, at "warn" already. Write the larger share later, or remove this step.',
  ],
];

const WAIVERS: readonly Case[] = [
  [
    'an empty file',
    '',
    '1:1 rule: "rule" is missing here. Add "rule: " with text.',
    '1:1 repositories: "repositories" is missing here. Add "repositories: " with a list.',
    '1:1 reason: "reason" is missing here. Add "reason: " with text.',
    '1:1 approver: "approver" is missing here. Add "approver: " with text.',
    '1:1 until: "until" is missing here. Add "until: " with text.',
  ],
  [
    'a rule that is nearly right',
    'rule: dcoo\nrepositories: [rocket]\nreason: The vendored code was signed off upstream.\napprover: ada\nuntil: 2027-03-31\n',
    '1:7 rule: "dcoo" cannot stand here. The rules are: dco, cla, dco-history, license-file, license-consistency, …. Did you mean "dco"?',
  ],
  [
    'an end that is no day',
    'rule: dco\nrepositories: [rocket]\nreason: The vendored code was signed off upstream.\napprover: ada\nuntil: never\n',
    '5:8 until: "never" cannot stand here. Expected a day of the calendar, such as 2026-01-31.',
  ],
  [
    'everything nearly right',
    'rule: dco\nrepositories: rocket\nreason: because\napprover: "@ada"\nuntil: 2027-03-31\n',
    '2:15 repositories: Expected a list, found "rocket". Write a list: [rocket].',
    '3:9 reason: "because" cannot stand here. Expected a reason of at least 10 characters. Say why the rule does not fit here.',
    '4:11 approver: "@ada" cannot stand here. Expected a login, as in github.com/LOGIN.',
  ],
  [
    'a scope of what does not exist',
    'rule: dco\nrepositories: ["acme/*"]\npaths: ["a[bc]"]\npackages: [left-pad]\npeople: ["jane doe"]\nreason: The vendored code was signed off upstream.\napprover: ada\nuntil: 2027-03-31\ncode: wontfix\ndiscussion: http://x\n',
    '2:16 repositories[0]: "acme/*" cannot stand here. Expected a pattern such as cardano-*; it has a slash; the name of a repository is written without its owner.',
    '3:9 paths[0]: "a[bc]" cannot stand here. Expected a pattern such as vendor/**; beside *, ** and ? it holds signs that stand for more; write one pattern for each case.',
    '4:12 packages[0]: "left-pad" cannot stand here. Expected a package URL, such as pkg:npm/left-pad, pkg:npm/@acme/* or pkg:cargo/ring@0.17.*.',
    '5:10 people[0]: "jane doe" cannot stand here. Expected a login, as in github.com/LOGIN.',
    '9:7 code: "wontfix" is not one of: test-data, remediated, not-applicable, not-supported, not-detected.',
    '10:13 discussion: "http://x" cannot stand here. Expected a web address that starts with https://.',
  ],
  [
    'keys that are nearly right',
    'rule: dco\nrepository: rocket\nreason: The vendored code was signed off upstream.\nexpires: 2027-03-31\napprover: ada\n',
    '1:1 repositories: "repositories" is missing here. Add "repositories: " with a list.',
    '1:1 until: "until" is missing here. Add "until: " with text.',
    '2:1 repository: Unknown key "repository"; known here: rule, repositories, paths, packages, people, …. Did you mean "repositories"?',
    '4:1 expires: Unknown key "expires"; known here: rule, repositories, paths, packages, people, ….',
  ],
];

const TESTS: readonly Case[] = [
  ['an empty file', '', '1:1 tests: "tests" is missing here. Add "tests: " with a list.'],
  ['no case', 'tests: []\n', '1:8 tests: Expected at least 1 entry, found 0.'],
  [
    'a case about nothing',
    'tests:\n  - {name: a, expect: {outcome: fail}}\n',
    '2:5 tests[0]: The case says neither which rule it is about nor which recorded facts. Add "rule: ID", or "recorded: REPOSITORY".',
  ],
  [
    'a rule that is nearly right',
    'tests:\n  - {name: a, rule: dcoo, expect: {outcome: fail}}\n',
    '2:21 tests[0].rule: "dcoo" is not one of: dco, cla, dco-history, license-file, license-consistency, …. Did you mean "dco"?',
  ],
  [
    'an outcome that is nearly right',
    'tests:\n  - {name: a, rule: dco, expect: {outcome: fails}}\n',
    '2:44 tests[0].expect.outcome: "fails" is not one of: pass, fail, exempt, unknown, off. Did you mean "fail"?',
  ],
  [
    'an example that the rule does not have',
    'tests:\n  - {name: a, rule: dco, example: a commit without a sign-of fails, expect: {outcome: fail}}\n',
    '2:35 tests[0].example: The rule dco has no example "a commit without a sign-of fails". The examples are listed in docs/rules/dco.md.',
  ],
  [
    'a fact that the rule does not ask for',
    'tests:\n  - {name: a, rule: dco, facts: {comits: []}, expect: {outcome: fail}}\n',
    '2:34 tests[0].facts.comits: The rule dco asks for no fact "comits"; it asks for: commits, contribution, repository, mailmap, memberships, …. Did you mean "commits"?',
  ],
  [
    'a day that is none',
    'tests:\n  - {name: a, rule: dco, at: soon, expect: {outcome: fail}}\n',
    '2:30 tests[0].at: "soon" cannot stand here. Expected a day such as 2026-12-31.',
  ],
  [
    'an expectation about no rule',
    'tests:\n  - {name: a, recorded: wallet, expect: {licence-file: pass}}\n',
    '2:42 tests[0].expect.licence-file: Unknown key "licence-file"; known here: dco, cla, dco-history, license-file, license-consistency, …. Did you mean "license-file"?',
  ],
];

const PRESETS = readPresets();
const OCCASION = { now: new Date('2026-12-01T12:00:00Z'), traits: { owner: 'acme', name: 'rocket' }, isFirst: null };
const WAIVER = 'acme/.github:.github/steward/waivers/a.yml';

/** Long lists of known words are the same everywhere, and not what a case is about. */
function short(text: string): string {
  const list =
    /(known here: |is not one of: |The rules are: |it asks for: |the presets are: |there are )((?:[\w.-]+, ){5})[^.;)]*(?=[.;)])/g;
  return text.replace(list, '$1$2…');
}

function lines(problems: readonly Problem[]): readonly string[] {
  return problems.map((problem) => {
    const text = short(problemText({ ...problem, source: '' })).replace(/^:/, '');
    return problem.severity === 'notice' ? `notice ${text}` : text;
  });
}

/** Everything that is told of a policy: by reading it, and where that finds nothing by resolving it. */
function told(text: string, layer: LayerKind = 'organization', presets: Presets = PRESETS): readonly string[] {
  const { document, problems } = parse({ layer, source: 'f', commit: null, oid: null, text }, rules, presets);
  if (!document) return lines(problems);
  return lines([
    ...resolve([document], rules, presets, OCCASION).problems,
    ...ownNotices(document, rules, presets, '2026-12-01'),
  ]);
}

const named = (cases: readonly Case[]) => cases.map(([name, text, ...expected]) => ({ name, text, expected }));

describe('a policy', () => {
  test.each(named(POLICIES))('with $name', ({ text, expected }) => {
    expect(told(text)).toEqual(expected);
    expect(expected).not.toEqual([]);
  });

  test('that is broken is never half used: there is no document', () => {
    const errors = POLICIES.filter(([, , first]) => !first?.startsWith('notice'));
    const used = errors.filter(([, text]) => {
      const { document } = parse({ layer: 'organization', source: 'f', commit: null, oid: null, text }, rules, PRESETS);
      return document !== null;
    });
    expect(used.map(([name]) => name)).toEqual([]);
  });

  test("of a repository that says what only the organization's can", () => {
    const only = ['checkName', 'mayLoosen', 'locked', 'groups', 'pilots', 'paused', 'maxNewFailures', 'waivers'];
    const hint = "Remove it here, or set it in the organization's .github repository.";
    expect(told(only.map((key) => `${key}: 1\n`).join(''), 'repository')).toEqual(
      only.map((key, index) => `${index + 1}:1 ${key}: Only the policy of the organization can set "${key}". ${hint}`),
    );
  });

  test('of presets that extend each other in a circle, or too many', () => {
    const circle = new Map([
      ['one', 'extends: two\n'],
      ['two', 'description: x\nextends: one\n'],
    ]);
    expect(told('extends: one\n', 'organization', circle)).toEqual([
      '2:1 extends: The presets extend each other in a circle: one → two → one. Let one of them extend nothing.',
    ]);
    const row = new Map(Array.from({ length: 7 }, (_, index) => [`p${index}`, index === 6 ? '' : `extends: p${index + 1}\n`]));
    expect(told('extends: p0\n', 'organization', row)).toEqual([
      '1:1 extends: More than 5 presets extend each other: p0 → p1 → p2 → p3 → p4. Write the values out instead.',
    ]);
  });

  test('of problems without number lists fifty of them', () => {
    const all = told(Array.from({ length: 20_000 }, (_, index) => `k${index}: 1\n`).join(''));
    expect([all.length, all.at(-1)]).toEqual([50, '50:1: There are more problems from here on. Mend the ones above first.']);
  });
});

test.each(named(WAIVERS))('a waiver with $name', ({ text, expected }) => {
  const { waiver, problems } = parseWaiver({ layer: 'organization', source: WAIVER, commit: null, oid: null, text }, rules);
  expect(waiver).toBeNull();
  expect(lines(problems)).toEqual(expected);
});

test.each(named(TESTS))('a policy test with $name', ({ text, expected }) => {
  const { cases, problems } = readTests({ source: 'f', text }, rules);
  expect(cases).toEqual([]);
  expect(lines(problems)).toEqual(expected);
});

describe('what is made to be slow is answered at once', () => {
  const within = (milliseconds: number, work: () => unknown): unknown => {
    const start = performance.now();
    const answer = work();
    expect(performance.now() - start).toBeLessThan(milliseconds);
    return answer;
  };

  test('five megabytes are refused unread', () => {
    const text = `description: ${'x'.repeat(5 * 1024 * 1024)}\n`;
    const says = '1:1: The file is 5121 KiB; a policy has at most 256 KiB. Keep only the policy in this file.';
    expect(within(200, () => told(text))).toEqual([says]);
  });

  test('levels without number are refused at the twentieth', () => {
    for (const text of ['['.repeat(100_000), '{a: '.repeat(50_000), `rules: ${'- '.repeat(60_000)}`]) {
      expect(within(500, () => told(text))).toEqual([expect.stringMatching(/^1:\d+: This is not valid YAML: /)]);
    }
  });

  test('a pattern that would take a regular expression years is matched against ten thousand characters', () => {
    const name = `${'a'.repeat(10_000)}c`;
    expect(within(200, () => isNamed('*a*a*a*a*b', name))).toBe(false);
    expect(within(200, () => isNamed('*a*a*a*a*c', name))).toBe(true);
  });

  test('a pattern with more wildcards is no pattern, and a regular expression is only a name that no repository has', () => {
    const of = (pattern: string): readonly string[] => told(`groups: [{name: a, where: {names: ['${pattern}']}}]\n`);
    expect(of('*a*a*a*a*a*b')).toEqual([
      '1:36 groups[0].where.names[0]: "*a*a*a*a*a*b" cannot stand here. It is no pattern of repository names: it has more than 5 wildcards. Write a name such as "website" or "cardano-*".',
    ]);
    expect(within(200, () => of('(a+)+$'))).toEqual([expect.stringContaining('"(a+)+$" cannot stand here.')]);
  });

  test('words without number near each other are compared only as far as they are words', () => {
    const text = `rules:\n${Array.from({ length: 2_000 }, (_, index) => `  ${'d'.repeat(60)}${index}: {}\n`).join('')}`;
    expect(within(1000, () => told(text))).toHaveLength(50);
  });
});

test('there are more than forty broken policies here', () => {
  expect(POLICIES.length).toBeGreaterThan(40);
});
