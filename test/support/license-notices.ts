/** Headers of source files and sentences of READMEs that refer to a license, with the suffix they state. */
import type { Case } from './license-case.ts';
import { textOf } from './license-families.ts';
import { commented, wrapped } from './license-layouts.ts';

/** How languages write a comment: what opens it, what leads each line, what closes it. */
const COMMENTS: readonly (readonly [string, string, string])[] = [
  ['/*\n', ' * ', '\n */\n\nint main(void) { return 0; }\n'],
  ['#!/bin/sh\n', '# ', '\n\nset -eu\necho done\n'],
  ['', '// ', '\n\npackage main\n\nfunc main() {}\n'],
  ['{-\n', '  ', '\n-}\nmodule Main (main) where\n\nmain :: IO ()\nmain = pure ()\n'],
  ['', '-- ', '\n\nmodule Ledger where\n'],
  ['<!--\n', '  ', '\n-->\n<project></project>\n'],
  ['"""\n', '', '\n"""\nimport sys\n'],
  ['', ';; ', '\n\n(defun hello () nil)\n'],
  ['/**\n', ' * ', '\n */\npackage org.example;\n\npublic final class Main {}\n'],
  ['', '% ', '\n\\documentclass{article}\n'],
  ['(*\n', ' * ', '\n *)\nlet () = ()\n'],
];

/** Each notice in three kinds of comment. */
export function notices(): readonly Case[] {
  return Object.entries(NOTICES).flatMap(([name, [wanted, text]], nth) =>
    [0, 1, 2].map((turn) => {
      const at = (nth * 3 + turn) % COMMENTS.length;
      const body = turn === 1 ? wrapped(text, 66) : text;
      const held = turn === 2 ? body : `Copyright (C) 2021-2024 Jane Doe <jane@example.org>\n\n${body}`;
      return { name: `notice ${name}, comment ${at}`, text: commented(held, COMMENTS[at]!), wanted: [wanted] };
    }),
  );
}

/** The notice that a license proposes itself, from its text. */
function proposed(id: string, from: RegExp, to: RegExp): string {
  const text = textOf(id);
  const start = text.search(from);
  const end = start + text.slice(start).search(to);
  if (start < 0 || end < start) throw new Error(`The text of ${id} proposes no such notice.`);
  return text
    .slice(start, end)
    .replace(/^[ \t]+/gm, '')
    .trim();
}

/** Without the words that allow a later version. */
function only(notice: string): string {
  const changed = notice
    .replace(/either version (\S+) of the License, or\s+\(at your option\) any later version/, 'version $1 of the License')
    .replace(
      /, either version (\S+) of the License, or\s+\(at your option\)\s+any later version/,
      ', version $1 of the License only',
    );
  if (changed === notice) throw new Error('The notice allows no later version.');
  return changed;
}

const program = /This program is free software/;
const library = /This library is free software/;
const address = /Also add information on how|You should have received|Also add/;

const GPL2 = proposed('GPL-2.0-only', program, address);
const GPL3 = proposed('GPL-3.0-only', program, address);
const LGPL21 = proposed('LGPL-2.1-only', library, address);
const AGPL3 = proposed('AGPL-3.0-only', program, address);
const LGPL3 = GPL3.replaceAll('GNU General Public License', 'GNU Lesser General Public License');
const APACHE = proposed('Apache-2.0', /Licensed under the Apache License, Version 2\.0/, /$/).replace(
  /limitations under the License\.[\s\S]*$/,
  'limitations under the License.',
);
const MPL = proposed('MPL-2.0', /This Source Code Form is subject to/, /If it is not possible/);

const NOTICES: Readonly<Record<string, readonly [string, string]>> = {
  'GPL 2, or later': ['GPL-2.0-or-later', GPL2],
  'GPL 2, only': ['GPL-2.0-only', only(GPL2)],
  'GPL 3, or later': ['GPL-3.0-or-later', GPL3],
  'GPL 3, only': ['GPL-3.0-only', only(GPL3)],
  'LGPL 2.1, or later': ['LGPL-2.1-or-later', LGPL21],
  'LGPL 2.1, only': ['LGPL-2.1-only', only(LGPL21)],
  'LGPL 3, or later': ['LGPL-3.0-or-later', LGPL3],
  'LGPL 3, only': ['LGPL-3.0-only', only(LGPL3)],
  'AGPL 3, or later': ['AGPL-3.0-or-later', AGPL3],
  'AGPL 3, only': ['AGPL-3.0-only', only(AGPL3)],
  'GPL 2 as the kernel says it': [
    'GPL-2.0-only',
    'This program is free software; you can redistribute it and/or modify\nit under the terms of the GNU General Public License version 2 as\npublished by the Free Software Foundation.',
  ],
  'GPL 3 in one line': ['GPL-3.0-or-later', 'License: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>'],
  'GPL 2 in one line': ['GPL-2.0-only', 'This file is licensed under the GNU General Public License, version 2 only.'],
  Apache: ['Apache-2.0', APACHE],
  'Apache in one line': ['Apache-2.0', 'Licensed under the Apache License, Version 2.0. See LICENSE in the project root.'],
  MPL: ['MPL-2.0', MPL],
  MIT: [
    'MIT',
    'This source code is licensed under the MIT license found in the\nLICENSE file in the root directory of this source tree.',
  ],
  'MIT, released': ['MIT', 'Released under the MIT License.'],
  BSD: [
    'BSD-3-Clause',
    'Use of this source code is governed by the BSD 3-Clause License\nthat can be found in the LICENSE file.',
  ],
  'BSD 2': ['BSD-2-Clause', 'This file is distributed under the terms of the 2-clause BSD license.'],
  Boost: [
    'BSL-1.0',
    'Distributed under the Boost Software License, Version 1.0.\n(See accompanying file LICENSE_1_0.txt or copy at\nhttps://www.boost.org/LICENSE_1_0.txt)',
  ],
  EPL: [
    'EPL-2.0',
    'This program and the accompanying materials are made available under the\nterms of the Eclipse Public License 2.0 which is available at\nhttps://www.eclipse.org/legal/epl-2.0/',
  ],
  'a tag': ['Apache-2.0', 'SPDX-License-Identifier: Apache-2.0'],
  'a tag with a suffix': [
    'GPL-2.0-or-later',
    'SPDX-FileCopyrightText: 2024 Jane Doe\n\nSPDX-License-Identifier: GPL-2.0-or-later',
  ],
  'a tag with an exception': [
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'SPDX-License-Identifier: GPL-2.0-only WITH Classpath-exception-2.0',
  ],
  'CC BY': ['CC-BY-4.0', 'This document is licensed under a Creative Commons Attribution 4.0 International License.'],
};
