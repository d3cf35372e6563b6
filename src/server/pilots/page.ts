/** The page of a pilot, for everybody: public repositories by name, private ones only counted. */
import { html } from 'hono/html';
import { PILOT_METHOD, type PilotStanding, type RuleStanding, type TargetStanding } from '../../verdict/pilot.ts';
import type { Share } from '../../verdict/share.ts';
import { besideText, measuredText, shareText, sidesText, TARGET_NAMES, timeText } from '../../views/pilot.ts';
import { counted } from '../../views/words.ts';
import { page, type Markup } from '../pages.ts';

export interface PilotView {
  /** As GitHub spells it. */
  readonly owner: string;
  readonly standing: PilotStanding;
  /** Where repositories are on the web, without a trailing slash: `https://github.com`. */
  readonly web: string;
  readonly nonce: string;
}

/** Longer lists are cut: nobody reads them. */
const SHOWN = 200;

const STYLE = `
main { max-width: 60rem; } h1, p, li, td, th { overflow-wrap: anywhere; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } td small { display: block; } meter { width: 100%; min-width: 6rem; height: .9rem; }
.state { font-weight: 600; white-space: nowrap; } tbody th code { white-space: nowrap; }
@media (max-width: 40rem) {
  thead { display: none; } tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0; }
  th, td { display: block; border: 0; padding: .25rem 0; } td::before { content: attr(data-column); display: block; color: var(--soft); font-size: .875rem; }
}
`;

export function pilotPage({ owner, standing, web, nonce }: PilotView): Promise<string> {
  const { pilot } = standing;
  const title = pilot.title ?? pilot.name;
  return page(
    `${title} · pilot of ${owner} · Steward`,
    nonce,
    html`<h1>${title}</h1>
      <p>A pilot of <strong>${owner}</strong>, ${timeText(standing)}. Owner: ${pilot.owner}.</p>
      <p class="soft">${sidesText(standing)}. ${measuredText(standing)}</p>
      <h2>Rules</h2>
      ${ruleTable(standing)} ${criteria(standing)}
      <h2>Repositories in the pilot</h2>
      ${repositories(standing, web)}
      <h2>How this is counted</h2>
      <ul class="soft">
        ${PILOT_METHOD.map((line) => html`<li>${line}</li>`)}
      </ul>`,
    { style: STYLE },
  );
}

/** What is shown where there is no such pilot, or it is not for everybody: the same, so that nothing is given away. */
export function noPilotPage(nonce: string): Promise<string> {
  return page(
    'No such pilot · Steward',
    nonce,
    html`<h1>There is no such pilot here</h1>
      <p>Either the policy of the organization names none, or its <code>.github</code> repository is not public.</p>
      <p>
        For administrators: <code>steward policy pilots OWNER</code> shows every pilot, on the machine on which Steward runs.
      </p>`,
  );
}

const COLUMNS = ['Pilot', 'Rest', 'Target'] as const;

function ruleTable({ rules, targets }: PilotStanding): Markup {
  if (rules.length === 0) return html`<p>No rule has been judged in these repositories yet.</p>`;
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          ${COLUMNS.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rules.map((rule) =>
          row(
            rule,
            targets.filter((target) => target.rule === rule.rule),
          ),
        )}
      </tbody>
    </table>
  </div>`;
}

function row({ rule, now, start }: RuleStanding, targets: readonly TargetStanding[]): Markup {
  return html`<tr>
    <th scope="row"><code>${rule}</code></th>
    <td data-column="Pilot">${side(now.pilot, start?.pilot ?? null)}</td>
    <td data-column="Rest">${side(now.rest, start?.rest ?? null)}</td>
    <td data-column="Target">${targets.length === 0 ? '–' : targets.map(target)}</td>
  </tr>`;
}

function side(now: Share, start: Share | null): Markup {
  const beside = besideText(now);
  return html`${
    now.percent === null ? '' : html`<meter min="0" max="100" value="${now.percent}">${now.percent}%</meter>`
  }${shareText(now)}
  ${start === null ? '' : html`<small>at the start: ${shareText(start)}</small>`}${beside === '' ? '' : html`<small>${beside}</small>`}`;
}

function target({ passing, state }: TargetStanding): Markup {
  const tone = state === 'met' ? 'good' : state === 'not-yet' ? 'bad' : 'soft';
  return html`<div>${passing}%: <span class="state ${tone}">${TARGET_NAMES[state]}</span></div>`;
}

function criteria({ pilot }: PilotStanding): Markup | string {
  if (pilot.exitCriteria.length === 0) return '';
  return html`<h2>For people to decide at the end</h2>
    <ul>
      ${pilot.exitCriteria.map((criterion) => html`<li>${criterion}</li>`)}
    </ul>`;
}

function repositories({ repositories: all }: PilotStanding, web: string): Markup {
  const open = all.filter(({ isPrivate }) => !isPrivate);
  const hidden = all.length - open.length;
  const left = open.length - SHOWN;
  return html`<ul>
    ${open.slice(0, SHOWN).map(({ repository }) => html`<li><a href="${web}/${repository}">${repository}</a></li>`)}
    ${left > 0 ? html`<li>and ${left} more</li>` : ''}
    ${hidden > 0 ? html`<li>${counted(hidden, 'private repository', 'private repositories')}, not named here</li>` : ''}
    ${all.length === 0 ? html`<li>None yet.</li>` : ''}
  </ul>`;
}
