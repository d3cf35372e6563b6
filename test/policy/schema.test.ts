/** The JSON Schema for editors says what the parser says, and the presets fit it. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from '../../src/policy/parse.ts';
import type { Presets } from '../../src/policy/policy.ts';
import { defaultPolicy, resolve } from '../../src/policy/resolve.ts';
import { policySchema } from '../../src/policy/schema.ts';
import { readYaml } from '../../src/policy/yaml.ts';
import { rules as ALL } from '../../src/rules/index.ts';
import { aFile, RULES } from './rules.ts';

const PRESETS: Presets = new Map(
  globSync('*.yml', { cwd: 'policies' }).map((name) => [name.replace(/\.yml$/, ''), readFileSync(`policies/${name}`, 'utf8')]),
);

const ajv = new Ajv({ strict: true, allErrors: true });
addFormats.default(ajv);
const isValid = ajv.compile(policySchema(RULES));
const isWell = ajv.compile(policySchema(ALL));

test.each([
  'extends: baseline\nrules: { dco: { enforce: off, exemptBots: false } }',
  'checkName: Ours\nmayLoosen: [dco.enforce, license-file]\nreaders: [acme]',
  'rules: { dco: { clause: { says: Sign., url: https://example.org } } }',
  'rules: { dco: { enforce: of } }',
  'rules: { dco: { exemptBot: true } }',
  'rules: { license-file: { allow: MIT } }',
  'rules: { dco: { clause: { url: https://example.org } } }',
  'mayLoosen: [everything]',
  'rule: {}',
  'groups: [{ name: docs, where: { topics: [documentation] }, rules: { dco: { enforce: warn, unset: [team] } } }]',
  'groups: [{ name: docs, where: { topics: [documentation] }, rules: { dco: { enforce: wrn } } }]',
  'rules: { dco: { enforce: warn, rollout: [{ enforce: block, from: 2027-03-01 }], grace: { newRepositories: 30, level: warn } } }',
  'paused: { until: 2027-03-01 }',
  'maxWritesPerHour: 0',
])('an editor and the parser agree on: %s', (text) => {
  expect(isValid(readYaml(text).value)).toBe(parse(aFile('organization', text), RULES).document !== null);
});

test('an editor shows what an option is for and what it is when nothing is written', () => {
  expect(policySchema(RULES)).toMatchObject({
    properties: {
      rules: {
        properties: {
          'license-file': {
            properties: {
              allow: { description: 'Allowed licenses. Layers that may only tighten can take from the list.', default: [] },
            },
          },
        },
      },
      groups: { items: { properties: { rules: { $ref: '#/properties/rules' } } } },
    },
  });
  expect(JSON.stringify(policySchema(RULES))).not.toContain('"tighten"');
});

test('the schema is made from the list of rules', () => {
  const shape = policySchema([]) as { properties: { rules: { properties?: object } } };
  expect(Object.keys(shape.properties.rules.properties ?? {})).toEqual([]);
});

test.each([...PRESETS.keys()])('the preset %s parses, explains itself and blocks nobody', (name) => {
  const text = PRESETS.get(name) ?? '';
  expect(parse(aFile('preset', text, name), ALL, PRESETS)).toMatchObject({ problems: [] });
  expect(readYaml(text).value).toHaveProperty('description');
  const { document } = parse(aFile('organization', `extends: ${name}\n`), ALL, PRESETS);
  const { policy, problems } = resolve(document ? [document] : [], ALL, PRESETS);
  expect(problems).toEqual([]);
  expect(Object.values(policy.rules).map((rule) => rule.enforce)).not.toContain('block');
  expect(isWell(readYaml(text).value)).toBe(true);
});

test('where no policy is written, the preset baseline is observed', () => {
  const { rules, files } = defaultPolicy(ALL, PRESETS);
  const asked = Object.entries(rules).filter(([, { enforce }]) => enforce !== 'off');
  expect(asked.map(([id, rule]) => `${id} ${rule.enforce}`)).toEqual([
    'dco observe',
    'license-file observe',
    'license-consistency observe',
    'required-files observe',
  ]);
  expect(files.map((file) => file.source)).toEqual(['baseline']);
});

test.each([
  ['license-file: { kinds: { docs: {} } }', 'Unknown key "docs"; known here: code, documentation, specification, data.'],
  [
    'license-file: { kinds: { data: { alow: [] } } }',
    'Unknown key "alow"; known here: allow, review, deny. Did you mean "allow"?',
  ],
  [
    'dependency-licenses: { usages: { dev: {} } }',
    'Unknown key "dev"; known here: linked, copied, development. Did you mean "development"?',
  ],
  [
    'license-file: { allow: [permissive] }',
    '"permissive" cannot stand here. Expected an SPDX license id, such as Apache-2.0, a LicenseRef-, a category, such as category:permissive, or NONE; permissive is a category: write category:permissive.',
  ],
])('a near miss in the terms of licenses is told with what was wanted: %s', (text, told) => {
  const { problems } = parse(aFile('organization', `rules:\n  ${text}\n`), ALL, PRESETS);
  expect(problems.map(({ message, hint }) => [message, ...(hint === null ? [] : [hint])].join(' '))).toEqual([told]);
});
