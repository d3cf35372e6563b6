/** What stands around the rules on the page of a repository: groups, pilots, files, and what no rule can check. */
import { html } from 'hono/html';
import { visible } from '../../facts/words.ts';
import type { NotCheckable } from '../../policy/managed.ts';
import type { Explained } from '../../views/effective.ts';
import type { Belonging } from '../../views/effective-groups.ts';
import { pilotTime, placeText, reasonText } from '../../views/effective-words.ts';
import { counted } from '../../views/words.ts';
import type { Markup } from '../pages.ts';
import { linked } from './markup.ts';
import type { Address } from './places.ts';

/** To which groups and pilots it belongs, and why. `isOpen`: everybody can read of its pilots. */
export function belongings({ groups, pilots, traits }: Explained, isOpen: boolean, address: Address): Markup | string {
  if (groups.length === 0 && pilots.length === 0) return '';
  const entry = (one: Belonging, name: Markup | string, kind: string): Markup =>
    html`<li>
      <strong>${name}</strong>, a ${kind}: ${MEMBERSHIPS[one.state]}, because ${visible(reasonText(one))}.
      <small>${linked(address(one.source, one.line), visible(placeText(one)))}</small>
    </li>`;
  const pilotName = (name: string): Markup | string =>
    isOpen ? html`<a href="/policy/${traits.owner}/pilots/${name}">${name}</a>` : visible(name);
  return html`<h2>Groups and pilots</h2>
    <ul>
      ${groups.map((one) => entry(one, visible(one.name), 'group'))}
      ${pilots.map((one) => entry(one, pilotName(one.name), `pilot ${pilotTime(one)}`))}
    </ul>`;
}

const MEMBERSHIPS = {
  in: 'this repository is in it',
  out: 'this repository is not in it',
  unknown: 'whether this repository is in it cannot be told',
} as const;

/** Sentences of a written policy that no rule can check; empty where there is none. */
export function notCheckable(values: Explained['values']): Markup | string {
  const said = values.find(({ key }) => key === 'notCheckable')?.value as readonly NotCheckable[] | null | undefined;
  if (!said || said.length === 0) return '';
  return html`<details>
    <summary>Of the written policy, ${counted(said.length, 'sentence')} that no rule can check</summary>
    <ul>
      ${said.map(
        ({ says, why, url }) =>
          html`<li>
            “${visible(says)}”${url === undefined ? '' : html` (${linked(url, 'source')})`} <small>${visible(why)}</small>
          </li>`,
      )}
    </ul>
  </details>`;
}

/** The files that the policy is made of, with their commits. */
export function fileList({ files, isDefault }: Explained, address: Address): Markup {
  const nobody = 'Nobody wrote a policy, so the preset baseline is observed.';
  return html`<p>Each stands on top of those above it.</p>
    <ol>
      ${isDefault ? html`<li>${nobody}</li>` : ''}
      ${files.map(
        ({ layer, source, commit }) =>
          html`<li>
            ${layer === 'preset' ? 'the preset' : layer === 'organization' ? "the organization's" : layer === 'repository' ? "the repository's own" : 'shared:'}
            ${linked(address(source, null), visible(source))}${commit === null ? '' : html` at <code>${commit.slice(0, 7)}</code>`}
          </li>`,
      )}
    </ol>`;
}
