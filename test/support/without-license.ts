/** Texts without a license of their own: prose, code, lists and policies that name licenses or none. */

const NAMES = [
  'MIT License',
  'Apache License 2.0',
  'GNU General Public License',
  'GPLv3',
  'BSD 3-Clause License',
  'Mozilla Public License 2.0',
];

/** Each with the name of a license. */
const NAMING: readonly ((name: string) => string)[] = [
  (name) =>
    `# History\n\nUp to version 0.9 this tool was previously licensed under the ${name}. Ask the maintainers what holds today.\n`,
  (name) => `# Notes\n\nThis project is not licensed under the ${name}, although many people think so.\n`,
  (name) => `# Comparison\n\nSome people like the ${name} for its length; others do not. We have no opinion on it.\n`,
  (name) =>
    `# Contributing\n\nBy opening a pull request you agree that your contributions will be licensed under the ${name}.\n\nPlease run the tests first.\n`,
  (name) =>
    `# Policy\n\nNew projects must be licensed under the ${name} unless the board approves something else.\nAsk the open source office when in doubt.\n`,
  (name) =>
    `# Changelog\n\n## 2.0.0\n\n- Drop support for old compilers.\n- Explain the ${name} in the handbook.\n\n## 1.9.0\n\n- Faster start.\n`,
  (name) => `# FAQ\n\n## Can I use this with code under the ${name}?\n\nAsk a lawyer. We cannot answer such questions.\n`,
  (name) => `# Dependencies\n\n| package | license |\n|---|---|\n| left | ${name} |\n| right | ${name} |\n| middle | ISC |\n`,
  (name) =>
    `# Third parties\n\nThe parser depends on Example, which is licensed under the ${name}.\nThat concerns only the parser.\n`,
  (name) =>
    `export const TITLES = {\n  first: '${name}',\n  second: 'another title',\n};\n\nexport function title(key: string): string {\n  return TITLES[key] ?? 'none';\n}\n`,
  (name) =>
    `If the software is released under the ${name}, the office has to be told.\nIf it is not, nothing needs to be done.\n`,
  (name) => `Packages under the ${name} are not allowed in this organization.\nEvery exception needs a reason and an end.\n`,
  (name) => `Whether this code should be released under the ${name} is still discussed in issue 12.\n`,
  (name) => `- plan the release\n- read the ${name} once more\n- write to the authors\n`,
  (name) => `[package]\nname = "example"\ndescription = "Prints the ${name} on a terminal"\nversion = "1.0.0"\n`,
  (name) => `Dear all,\n\nwould it be possible to use the ${name}? Our customers ask for it.\n\nRegards\nJane\n`,
];

/** Each about a subject, with no license at all. */
const PLAIN: readonly ((subject: string) => string)[] = [
  (subject) =>
    `# ${subject}\n\nA small program that counts things. Install it, run it, and read what it prints.\n\n## Usage\n\n\`\`\`sh\n${subject} --help\n\`\`\`\n`,
  (subject) => `#!/bin/sh\nset -eu\ncd "$(dirname "$0")"\nexec ./${subject} "$@"\n`,
  (subject) =>
    `module ${subject.charAt(0).toUpperCase()}${subject.slice(1)} where\n\n-- | Adds two numbers.\nadd :: Int -> Int -> Int\nadd a b = a + b\n`,
  (subject) => `# Changelog of ${subject}\n\n## 1.1.0\n\n- Reads its settings from a file.\n\n## 1.0.0\n\n- First release.\n`,
  (subject) =>
    `/* ${subject}.c: counts lines. */\n#include <stdio.h>\n\nint main(void) {\n  puts("${subject}");\n  return 0;\n}\n`,
  (subject) => `Security\n\nReport problems of ${subject} to security@example.org. We answer within three days.\n`,
  (subject) => `# Code of conduct\n\nBe kind to each other in all spaces of ${subject}. The moderators decide in doubt.\n`,
];
const SUBJECTS = ['counter', 'walker', 'reader', 'printer'];

const SINGLE: readonly string[] = [
  '',
  '\n\n\n',
  'gpl\nlgpl\nagpl\nmpl\nepl\ncddl\neupl\ncopyleft\nsharealike\nreciprocal\nviral\n',
  '["GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "LGPL-2.1-or-later", "AGPL-3.0-only"]\n',
  '{ "copyleft": ["GNU General Public License v2.0 or later", "GNU Lesser General Public License v3.0 only"] }\n',
  'COPYLEFT = {\n    "gpl-3.0": "GNU General Public License v3.0",\n    "agpl-3.0": "GNU Affero General Public License v3.0",\n}\n',
  'Copyright (c) 2024 Jane Example. All rights reserved.\n',
  'Copyright 2021 Example Ltd\n',
  'Use of this source code is governed by a BSD-style license that can be found in the LICENSE file.\n',
  'See the file LICENSE for what you may do with this.\n',
  'This software is proprietary and confidential. Nobody may use, copy or change it without written permission of Example Ltd.\n',
  'The software must be tested before it is released under any name.\n',
  'To add a header, put `SPDX-License-Identifier: <id>` into the first line of every file.\n',
  'echo "// SPDX-License-Identifier: $LICENSE" >> "$file"\n',
  'const tag = "SPDX-License-Identifier: MIT";\n',
  '# REUSE-IgnoreStart\n# SPDX-License-Identifier: MIT\n# REUSE-IgnoreEnd\nprint("hello")\n',
  '# Templates\n\n```\n// Licensed under the Apache License, Version 2.0\n// SPDX-License-Identifier: Apache-2.0\n```\n\nCopy this into your files.\n',
  'import { gpl } from "./plugins/gpl.js";\n\nexport const license = (name) => gpl(name) || "unknown";\n',
  'CPython keeps its license in one file; Perl and Ruby keep theirs elsewhere.\n',
  'The MIT campus is in Cambridge. Its apache of a professor teaches zlib to the boost club.\n',
  '- react: MIT\n- lodash: MIT\n- typescript: Apache-2.0\n- glibc: LGPL-2.1-or-later\n',
  'Name: left-pad\nLicense: MIT\n\nName: right-pad\nLicense: MIT\n\nName: up\nLicense: ISC\n\nName: down\nLicense: BSD-2-Clause\n\nName: in\nLicense: 0BSD\n',
  'The following dependencies are bundled: foo (MIT), bar (Apache-2.0), baz (BSD-3-Clause).\n',
  'Unlike Example, which is released under the MIT License, ours has no terms yet.\n',
  'A license should be chosen soon. Candidates: MIT, Apache-2.0, MPL-2.0.\n',
  'Most packages of this index are licensed under the BSD 3-Clause License.\n',
  'This tool finds files that are licensed under the GPLv2 and tells you so.\n',
  'lint:\n  allow:\n    - MIT\n    - Apache-2.0\n  deny:\n    - GPL-3.0-only\n',
];

/** At least 150, each another text. */
export function withoutLicense(): readonly string[] {
  return [
    ...NAMES.flatMap((name) => NAMING.map((text) => text(name))),
    ...SUBJECTS.flatMap((subject) => PLAIN.map((text) => text(subject))),
    ...SINGLE,
  ];
}
