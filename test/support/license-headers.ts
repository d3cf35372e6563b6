/** Headers and notices with the expression they say, and texts that say nothing: written for the tests and the evaluation. */
import { withoutLicense as texts } from './without-license.ts';

export interface Header {
  readonly text: string;
  readonly expression: string;
}

/** Texts that name licenses, or none, and put nothing under one. */
export const withoutLicense = texts;

type Style = (lines: readonly string[]) => string;

const led =
  (leader: string, first = '', last = ''): Style =>
  (lines) =>
    [...(first === '' ? [] : [first]), ...lines.map((line) => `${leader}${line}`.trimEnd()), ...(last === '' ? [] : [last])].join(
      '\n',
    );

const STYLES: readonly Style[] = [
  led(' * ', '/*', ' */'),
  led('# '),
  led('// '),
  led('-- '),
  led('', '<!--', '-->'),
  led('dnl '),
  led('; '),
  led('', '{-', '-}'),
  led('% '),
  led(''),
  led('" '),
  led('REM '),
];

/** At the width of a comment. */
function wrap(text: string): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [''];
    for (const word of paragraph.split(' ')) {
      const last = lines.at(-1) ?? '';
      if (last.length + word.length > 66) lines.push(word);
      else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
    return lines;
  });
}

const GNU = {
  GPL: 'GNU General Public License',
  LGPL: 'GNU Lesser General Public License',
  AGPL: 'GNU Affero General Public License',
};
const GNU_VERSIONS = [
  ['GPL', '1', '1.0'],
  ['GPL', '2', '2.0'],
  ['GPL', '3', '3.0'],
  ['LGPL', '2.1', '2.1'],
  ['LGPL', '3', '3.0'],
  ['AGPL', '3', '3.0'],
] as const;

/** The ways in which the GNU family is put on files. */
const GNU_FORMS: readonly (readonly [
  form: (name: string, version: string, short: string) => string,
  suffix: 'only' | 'or-later',
])[] = [
  [
    (name, version) =>
      `This program is free software: you can redistribute it and/or modify it under the terms of the ${name} as published by the Free Software Foundation, either version ${version} of the License, or (at your option) any later version.\n\nThis program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the ${name} for more details.\n\nYou should have received a copy of the ${name} along with this program. If not, see <https://www.gnu.org/licenses/>.`,
    'or-later',
  ],
  [
    (name, version) =>
      `This file is free software; you can redistribute it and/or modify it under the terms of the ${name} version ${version} as published by the Free Software Foundation.\n\nIt comes WITHOUT ANY WARRANTY. See the ${name} for more details.`,
    'only',
  ],
  [
    (name, version) =>
      `This work is licensed under the terms of the ${name}, version ${version} or later. See the COPYING file in the top-level directory.`,
    'or-later',
  ],
  [(name, version) => `Licensed under the ${name}, version ${version} only.`, 'only'],
  [
    (_, version, short) => `This library is distributed under the terms of the ${short}v${version}+, see COPYING for details.`,
    'or-later',
  ],
  [(_, version, short) => `Released under the ${short}v${version}.`, 'only'],
  [
    (name, version) =>
      `You may use, modify and share this under the terms of version ${version} of the ${name}, or (at your option) any later version.`,
    'or-later',
  ],
  [(name, version) => `This module is subject to version ${version} of the ${name}.`, 'only'],
  [(_, version, short) => `This package is made available under ${short} version ${version} or any newer version.`, 'or-later'],
];

const OTHERS: readonly (readonly [text: string, expression: string])[] = [
  [
    'Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with the License. You may obtain a copy of the License at\n\n    http://www.apache.org/licenses/LICENSE-2.0\n\nUnless required by applicable law or agreed to in writing, software distributed under the License is distributed on an "AS IS" BASIS.',
    'Apache-2.0',
  ],
  [
    'Licensed to the Example Foundation (EF) under one or more contributor license agreements. The EF licenses this file to you under the Apache License, Version 2.0.',
    'Apache-2.0',
  ],
  ['This product is made available under the Apache 2.0 license.', 'Apache-2.0'],
  [
    'This source code is licensed under the Apache License v2.0 with LLVM Exceptions. See LICENSE.txt.',
    'Apache-2.0 WITH LLVM-exception',
  ],
  ['Licensed under Apache License v2.0 with Runtime Library Exception', 'Apache-2.0 WITH Swift-exception'],
  [
    'This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.',
    'MPL-2.0',
  ],
  [
    'This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.\n\nThis Source Code Form is "Incompatible With Secondary Licenses", as defined by the Mozilla Public License, v. 2.0.',
    'MPL-2.0-no-copyleft-exception',
  ],
  [
    'The contents of this file are subject to the Mozilla Public License Version 1.1 (the "License"); you may not use this file except in compliance with the License. You may obtain a copy of the License at http://www.mozilla.org/MPL/',
    'MPL-1.1',
  ],
  ['The contents of this file are subject to the Mozilla Public License Version 1.0 (the "License").', 'MPL-1.0'],
  [
    'The contents of this file are subject to the Mozilla Public License Version 1.1 (the "License"); you may not use this file except in compliance with the License.\n\nAlternatively, the contents of this file may be used under the terms of either the GNU General Public License Version 2 or later (the "GPL"), or the GNU Lesser General Public License Version 2.1 or later (the "LGPL"), in which case the provisions of the GPL or the LGPL are applicable instead of those above.',
    'MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later',
  ],
  [
    'All rights reserved. This program and the accompanying materials are made available under the terms of the Eclipse Public License v1.0 which accompanies this distribution, and is available at http://www.eclipse.org/legal/epl-v10.html',
    'EPL-1.0',
  ],
  [
    'This program and the accompanying materials are made available under the terms of the Eclipse Public License 2.0 which is available at https://www.eclipse.org/legal/epl-2.0/',
    'EPL-2.0',
  ],
  [
    'This program and the accompanying materials are made available under the terms of the Eclipse Public License v. 2.0 which is available at https://www.eclipse.org/legal/epl-2.0.\n\nThis Source Code may also be made available under the following Secondary Licenses when the conditions for such availability set forth in the Eclipse Public License v. 2.0 are satisfied: GNU General Public License, version 2 with the GNU Classpath Exception which is available at https://www.gnu.org/software/classpath/license.html.',
    'EPL-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0',
  ],
  [
    "This program and the accompanying materials are dual-licensed under either the terms of the Eclipse Public License v1.0 as published by the Eclipse Foundation\n\n  or (per the licensee's choosing)\n\nunder the terms of the GNU Lesser General Public License version 2.1 as published by the Free Software Foundation.",
    'EPL-1.0 OR LGPL-2.1-only',
  ],
  [
    'Licensed under the EUPL, Version 1.2 or - as soon they will be approved by the European Commission - subsequent versions of the EUPL (the "Licence");',
    'EUPL-1.2',
  ],
  ['Licensed under the EUPL, Version 1.1.', 'EUPL-1.1'],
  [
    'The contents of this file are subject to the terms of the Common Development and Distribution License, Version 1.0 only (the "License"). You may not use this file except in compliance with the License.',
    'CDDL-1.0',
  ],
  [
    'The contents of this file are subject to the terms of the Common Development and Distribution License (CDDL) version 1.1.',
    'CDDL-1.1',
  ],
  ['Licensed under the MIT license. See LICENSE file in the project root for full license information.', 'MIT'],
  ['This project is released under the MIT License (see LICENSE).', 'MIT'],
  ['This code is MIT licensed.', 'MIT'],
  ['License: MIT', 'MIT'],
  ['This file may be distributed under the terms of the ISC License.', 'ISC'],
  ['Use of this source code is governed by a 3-clause BSD license that can be found in the LICENSE file.', 'BSD-3-Clause'],
  ['Distributed under the New BSD License; see the accompanying file.', 'BSD-3-Clause'],
  ['All code in this directory is licensed under the BSD 2-Clause License.', 'BSD-2-Clause'],
  ['This software is available under the Simplified BSD license.', 'BSD-2-Clause'],
  [
    'Distributed under the Boost Software License, Version 1.0. (See accompanying file LICENSE_1_0.txt or copy at http://www.boost.org/LICENSE_1_0.txt)',
    'BSL-1.0',
  ],
  ['Use, modification and distribution are subject to the Boost Software License, Version 1.0.', 'BSL-1.0'],
  [
    'This is free and unencumbered software released into the public domain. For more information, please refer to <http://unlicense.org>',
    'Unlicense',
  ],
  ['This program is released under the Unlicense.', 'Unlicense'],
  [
    'To the extent possible under law, the author(s) have dedicated all copyright and related and neighboring rights to this software to the public domain worldwide. You should have received a copy of the CC0 Public Domain Dedication along with this software. If not, see <http://creativecommons.org/publicdomain/zero/1.0/>.',
    'CC0-1.0',
  ],
  ['This data is published under CC0 1.0 Universal.', 'CC0-1.0'],
  [
    'This work is licensed under a Creative Commons Attribution 4.0 International License. To view a copy, visit http://creativecommons.org/licenses/by/4.0/.',
    'CC-BY-4.0',
  ],
  ['This documentation is licensed under the Creative Commons Attribution-ShareAlike 3.0 Unported License.', 'CC-BY-SA-3.0'],
  ['The figures are licensed under CC BY-NC-ND 4.0.', 'CC-BY-NC-ND-4.0'],
  ['This text is available under https://creativecommons.org/licenses/by-nc/2.5/', 'CC-BY-NC-2.5'],
  [
    'This work is licensed under a Creative Commons Attribution-NonCommercial-ShareAlike 3.0 Germany License.',
    'CC-BY-NC-SA-3.0-DE',
  ],
  ['This module may be used, copied and shared under the terms of the Artistic License 2.0.', 'Artistic-2.0'],
  [
    'This library is free software; you may redistribute it and/or modify it under the same terms as Perl itself.',
    'Artistic-1.0-Perl OR GPL-1.0-or-later',
  ],
  [
    'This module is distributed under the same terms as the Perl 5 programming language system itself.',
    'Artistic-1.0-Perl OR GPL-1.0-or-later',
  ],
  ['This file is under the zlib license.', 'Zlib'],
  ['This program is published under the WTFPL, see http://www.wtfpl.net/ for details.', 'WTFPL'],
  ['This Font Software is licensed under the SIL Open Font License, Version 1.1.', 'OFL-1.1'],
  ['Licensed to the project under the PSF license.', 'PSF-2.0'],
  ['This specification is provided under the Community Specification License 1.0.', 'Community-Spec-1.0'],
  [
    'This data set is made available under the Community Data License Agreement - Permissive - Version 2.0.',
    'CDLA-Permissive-2.0',
  ],
  ['The data is shared under CDLA-Sharing-1.0.', 'CDLA-Sharing-1.0'],
  ['Use of this software is governed by the Business Source License 1.1 included in the file LICENSE.', 'BUSL-1.1'],
  ['Licensed under the Server Side Public License, version 1, as published by the vendor.', 'SSPL-1.0'],
  ['This program is dual licensed under MIT and/or Apache 2.0.', 'MIT OR Apache-2.0'],
  [
    'Licensed under either of\n\n * Apache License, Version 2.0 (LICENSE-APACHE or http://www.apache.org/licenses/LICENSE-2.0)\n * MIT license (LICENSE-MIT or http://opensource.org/licenses/MIT)\n\nat your option.',
    'Apache-2.0 OR MIT',
  ],
  [
    'Licensed under the Apache License, Version 2.0 <LICENSE-APACHE or http://www.apache.org/licenses/LICENSE-2.0> or the MIT license <LICENSE-MIT or http://opensource.org/licenses/MIT>, at your option. This file may not be copied, modified, or distributed except according to those terms.',
    'Apache-2.0 OR MIT',
  ],
  [
    'This library is free software; you can redistribute it and/or modify it under the terms of the GNU Library General Public License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later version.',
    'LGPL-2.0-or-later',
  ],
  [
    'This code is free software; you can redistribute it and/or modify it under the terms of the GNU General Public License version 2 only, as published by the Free Software Foundation. The authors designate this particular file as subject to the "Classpath" exception as provided in the LICENSE file that accompanied this code.',
    'GPL-2.0-only WITH Classpath-exception-2.0',
  ],
  [
    'Permission is granted to copy, distribute and/or modify this document under the terms of the GNU Free Documentation License, Version 1.3 or any later version published by the Free Software Foundation; with no Invariant Sections, no Front-Cover Texts, and no Back-Cover Texts.',
    'GFDL-1.3-no-invariants-or-later',
  ],
  ['This software is licensed under the BlueOak-1.0.0 license.', 'BlueOak-1.0.0'],
];

const LATER_2 =
  'This program is free software; you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation; either version 2, or (at your option) any later version.';
const LATER_3 =
  'This program is free software; you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation; either version 3, or (at your option) any later version.';

const EXCEPTIONS: readonly (readonly [license: string, notice: string, expression: string])[] = [
  [
    LATER_2,
    'As a special exception, the copyright holders of this library give you permission to link this library with independent modules to produce an executable, whatever their terms.',
    'GPL-2.0-or-later WITH Classpath-exception-2.0',
  ],
  [
    LATER_3,
    'Under Section 7 of GPL version 3, you are granted additional permissions described in the GCC Runtime Library Exception, version 3.1.',
    'GPL-3.0-or-later WITH GCC-exception-3.1',
  ],
  [
    LATER_2,
    'As a special exception to the GNU General Public License, if you distribute this file as part of a program that contains a configuration script generated by Autoconf, you may include it under the same distribution terms that you use for the rest of that program.',
    'GPL-2.0-or-later WITH Autoconf-exception-generic',
  ],
  [
    LATER_3,
    'As a special exception, you may create a larger work that contains part or all of the Bison parser skeleton and distribute that work under terms of your choice.',
    'GPL-3.0-or-later WITH Bison-exception-2.2',
  ],
  [
    LATER_2,
    'As a special exception, if you create a document which uses this font, and embed this font into it, this font does not by itself cause the document to be covered.',
    'GPL-2.0-or-later WITH Font-exception-2.0',
  ],
  [
    LATER_2,
    'As a special exception to the GNU General Public License, if you distribute this file as part of a program or library that is built using GNU Libtool, you may include this file under the same distribution terms.',
    'GPL-2.0-or-later WITH Libtool-exception',
  ],
  [
    LATER_2,
    'In addition, as a special exception, the copyright holders give permission to link the code of portions of this program with the OpenSSL library under certain conditions.',
    'GPL-2.0-or-later WITH cryptsetup-OpenSSL-exception',
  ],
];

const TAGS: readonly string[] = [
  'MIT',
  'Apache-2.0',
  'GPL-2.0-or-later WITH Linux-syscall-note',
  'MIT OR Apache-2.0',
  'BSD-3-Clause AND (MIT OR ISC)',
  'LicenseRef-Example-1.0',
];

/** Every form in one comment style or another, at least 120 of them. */
export function headers(): readonly Header[] {
  return [...gnu(), ...OTHERS, ...EXCEPTIONS.map(([license, notice, said]) => [`${license}\n\n${notice}`, said] as const)]
    .map(([text, expression], index) => header(text, expression, index))
    .concat(
      TAGS.flatMap((expression, index) =>
        [0, 1].map((more) => header(`SPDX-License-Identifier: ${expression}`, expression, index * 2 + more)),
      ),
    );
}

function gnu(): readonly (readonly [string, string])[] {
  return GNU_VERSIONS.flatMap(([short, version, full]) =>
    GNU_FORMS.map(([form, suffix]) => [form(GNU[short], version, short), `${short}-${full}-${suffix}`] as const),
  );
}

function header(text: string, expression: string, index: number): Header {
  const style = STYLES[index % STYLES.length] ?? led('');
  return { text: `${style(['Copyright (C) 2024 Jane Example', '', ...wrap(text)])}\n`, expression };
}
