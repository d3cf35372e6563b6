/** One rule on the page of a repository: its values with their lines, what was found, what has no effect, and what is waived. */
import { html } from 'hono/html';
import { visible } from '../../facts/words.ts';
import type { EffectiveValue } from '../../policy/effective.ts';
import type { Problem } from '../../policy/policy.ts';
import { MARKS } from '../../policy/dates.ts';
import type { JudgedFinding, Outcome, Verdict } from '../../verdict/verdict.ts';
import type { EffectiveRule, EffectiveWaiver } from '../../views/effective.ts';
import { coverText, effectiveText, isWritten, leftText, originText } from '../../views/effective-words.ts';
import { cut } from '../../views/fit.ts';
import { counted, LEVEL_NAMES, OUTCOME_NAMES, sentence, strengthOf } from '../../views/words.ts';
import type { Markup } from '../pages.ts';
import { linked, sentenceMarkup } from './markup.ts';
import type { Address } from './places.ts';

/** Longer lists are cut: nobody reads them. */
const SHOWN = 20;
const LONGEST_VALUE = 1_000;

const TONES: Readonly<Record<Outcome, string>> = {
  ...{ pass: 'good', exempt: 'good', fail: 'bad', unknown: 'soft', overridden: 'care', waived: 'care' },
};

/** The colored word for an outcome. */
export function outcomeWord(outcome: Outcome): Markup {
  return html`<span class="word ${TONES[outcome]}">${OUTCOME_NAMES[outcome]}</span>`;
}

/** The section of a rule; `#ID` leads to it. */
export function ruleSection(rule: EffectiveRule, verdict: Verdict | null, address: Address): Markup {
  const { id, title, enforce, isAsked, outcome, values, notices, waivers } = rule;
  const own = values.filter((value) => isWritten(value) || value.key === 'enforce');
  const defaults = isAsked ? values.filter((value) => !own.includes(value)) : [];
  const findings = verdict?.rules.find((one) => one.id === id)?.findings ?? [];
  return html`<section class="card" id="${id}">
    <h3>${title}</h3>
    <p class="soft">
      <code>${id}</code> ·
      ${isAsked ? LEVEL_NAMES[enforce] : 'Not asked'}${outcome === null ? '' : html` · ${outcomeWord(outcome)}`}
    </p>
    ${clauseText(rule, address)}
    ${valueTable(
      own.filter(({ key }) => key !== 'clause'),
      address,
    )}
    ${
      defaults.length === 0
        ? ''
        : html`<details>
            <summary>${counted(defaults.length, 'option')} at the rule's own default</summary>
            ${valueTable(defaults, address)}
          </details>`
    }
    ${findingList(findings)} ${noticeList(notices, address)} ${waiverList(waivers ?? [], address)}
  </section>`;
}

function clauseText({ clause, values }: EffectiveRule, address: Address): Markup | string {
  if (clause === null) return '';
  const written = values.find(({ key }) => key === 'clause');
  const { says, url } = clause;
  return html`<p>
    It carries out:
    “${visible(cut(says, LONGEST_VALUE))}”${strengthOf(clause)}${url === undefined ? '' : html` (${linked(url, 'source')})`}
    ${written === undefined ? '' : html`<small>${originLink(written, address)}</small>`}
  </p>`;
}

/** Values with their places. */
export function valueTable(values: readonly EffectiveValue[], address: Address): Markup | string {
  if (values.length === 0) return '';
  return html`<table class="values">
    <tbody>
      ${values.map(
        (value) =>
          html`<tr>
            <th scope="row"><code>${value.key}</code></th>
            <td>
              <code>${visible(effectiveText(value, LONGEST_VALUE))}</code>${value.note === null ? '' : html`<p>${value.note}</p>`}
            </td>
            <td>${originLink(value, address)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function originLink({ origin, rule }: EffectiveValue, address: Address): Markup | string {
  if (origin === 'default') return html`<span class="soft">${originText(origin, rule !== null)}</span>`;
  return linked(address(origin.source, origin.line), visible(originText(origin)));
}

/** What has no effect, with the line that says it. */
export function noticeList(notices: readonly Problem[], address: Address): Markup | string {
  if (notices.length === 0) return '';
  return html`<h4>Without effect</h4>
    <ul>
      ${notices.slice(0, SHOWN).map(
        ({ source, line, message, hint }) =>
          html`<li>
            ${visible(message)} ${hint === null ? '' : visible(hint)}
            <small>${linked(address(source, line), visible(`${source}:${line}`))}</small>
          </li>`,
      )}
      ${more(notices.length)}
    </ul>`;
}

/** Open where something is to be done. */
function findingList(findings: readonly JudgedFinding[]): Markup | string {
  if (findings.length === 0) return '';
  const bad = findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
  const shown = [...bad, ...findings.filter((one) => !bad.includes(one))];
  return html`<details ${bad.length > 0 ? 'open' : ''}>
    <summary>What was found: ${counted(findings.length, 'finding')}</summary>
    <ul class="findings">
      ${shown.slice(0, SHOWN).map(finding)} ${more(findings.length)}
    </ul>
  </details>`;
}

function finding({ outcome, says, fix, location, waivedBy, isOverridden }: JudgedFinding): Markup {
  const stands = waivedBy !== undefined ? 'waived' : isOverridden === true ? 'overridden' : outcome;
  const place = location ? `${location.path}${location.line === undefined ? '' : `:${location.line}`}` : null;
  return html`<li>
    <p>
      ${outcomeWord(stands)}:
      ${sentenceMarkup(says)}${place === null ? '' : html` <code>${visible(place)}</code>`}${
        waivedBy === undefined ? '' : html` (waiver <code>${visible(waivedBy)}</code>)`
      }
    </p>
    ${fix === undefined || stands !== outcome ? '' : html`<p class="soft">${sentenceMarkup(fix)}</p>`}
  </li>`;
}

function waiverList(waivers: readonly EffectiveWaiver[], address: Address): Markup | string {
  if (waivers.length === 0) return '';
  return html`<h4>Waived</h4>
    <ul>
      ${waivers.slice(0, SHOWN).map((one) => waiver(one, address))} ${more(waivers.length)}
    </ul>`;
}

function waiver(one: EffectiveWaiver, address: Address): Markup {
  const { id, source, until, reason, approvedBy, requestedBy, url, discussion } = one;
  const cover = coverText(one);
  const left = one.daysLeft <= MARKS[0] ? html`<span class="word bad">${leftText(one)}</span>` : leftText(one);
  return html`<li>
    ${linked(address(source, null), visible(id))}: until
    <strong>${until}</strong> (${left})${cover === '' ? '' : `, for ${visible(cover)}`}. ${sentence(`“${visible(reason)}”`)}
    Approved by ${visible(approvedBy)} (${linked(url, 'pull request')}).
    ${requestedBy === null ? '' : html`Asked for by ${visible(requestedBy)}${discussion === null ? '' : html` (${linked(discussion, 'discussion')})`}.`}
  </li>`;
}

function more(count: number): Markup | string {
  return count > SHOWN ? html`<li>…and ${count - SHOWN} more.</li>` : '';
}
