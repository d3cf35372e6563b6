/** Texts that carry no license, though many of them speak of licenses. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Case } from './license-case.ts';

/** Words that could mean a license; files of packages that have one of them are left out, for nobody has read them. */
const SPOKEN = /licen[cs]|copyright|©|\(c\)|spdx|gpl|apache|\bmit\b|\bbsd\b|public domain|warrant/i;

/** The texts below, and so many files of packages as it takes. */
export function withoutAny(folder: string, count: number): readonly Case[] {
  const own = TEXTS.map((text, nth) => ({ name: `own text ${nth}: ${text.slice(0, 40)}`, text, wanted: [] }));
  const cases: Case[] = [...own];
  for (const path of files(folder)) {
    if (cases.length >= count) break;
    const text = readFileSync(path, 'utf8');
    if (!SPOKEN.test(text)) cases.push({ name: path.slice(folder.length + 1), text, wanted: [] });
  }
  return cases;
}

/** One file of each kind a package, so that no package decides. */
function* files(folder: string): Generator<string> {
  const kinds = new Set(['.md', '.js', '.ts', '.json', '.mjs', '.yml']);
  for (const name of readdirSync(folder).filter((one) => /^[a-z]/.test(one))) {
    const seen = new Set<string>();
    for (const file of readdirSync(join(folder, name), { withFileTypes: true })) {
      const kind = extname(file.name);
      const path = join(folder, name, file.name);
      if (!file.isFile() || !kinds.has(kind) || seen.has(kind) || statSync(path).size < 300) continue;
      seen.add(kind);
      yield path;
    }
  }
}

const TEXTS: readonly string[] = [
  'To activate the editor, enter the license key that was sent to you by mail. Keys are valid for one year on two machines.',
  '# Contributing\n\nBy sending a pull request you agree to the Developer Certificate of Origin. Sign off each commit with `git commit -s`.',
  '# Security\n\nReport vulnerabilities to security@example.org. We answer within two days. Please do not open a public issue.',
  'The driver must hold a valid license of class B. A copy of the license is kept in the glove compartment.',
  'We have not chosen a license yet. Until we do, please ask before you use any of this.',
  'Choosing a license: permissive licenses ask for little, copyleft licenses ask that changes are shared. Talk to a lawyer.',
  'This tool lists the licenses of your dependencies and fails when one of them is not on your list.',
  '## License\n\nTo be decided.',
  '## License\n\nProprietary. All rights reserved. Ask sales@example.org.',
  'Copyright (c) 2024 Example Corporation. All rights reserved. Confidential: do not distribute outside of the company.',
  'function permission(user) {\n  // Permission is granted to owners only, never to guests.\n  return user.role === "owner";\n}',
  'IN NO EVENT should this service be restarted between 9 and 17 o’clock. It is provided as is, without any guarantee of uptime.',
  'Redistribution of funds: members may redistribute their budget in source and binary teams, with or without approval.',
  'The above notice shall be included in all copies of the monthly report.',
  '# Changelog\n\n## 2.0.0\n\n- drops Node 18\n- the file LICENSE is now part of the package',
  'Terms of service. You may use the website free of charge. You must not scrape it. We may close your account at any time.',
  'The museum permits visitors to take photographs without flash. Commercial use of photographs needs a written permission.',
  'BSD make and GNU make differ in how they expand variables; see the manual of your system.',
  'The MIT Media Lab was founded in 1985. Apache helicopters were delivered in 1984. Mozilla was a code name.',
  'const APACHE_PORT = 8080;\nconst MIT_HOST = "web.mit.edu";\nexport { APACHE_PORT, MIT_HOST };',
  'Install Apache 2.4 and enable mod_rewrite. Then point the document root to `public/`.',
  'fn main() {\n    let license_plate = "B-XY 123";\n    println!("{license_plate}");\n}',
  'Warranty card. The seller repairs or replaces the device within 24 months. The warranty does not cover damage by water.',
  'The contributor license agreement has to be signed once. The bot tells you how.',
  'Is this project free software? How can I use it at work? Write to us in the forum, we are happy to help.',
];
