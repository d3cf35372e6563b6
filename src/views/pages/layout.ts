/** The frame of every page: language, style for light and dark, narrow and wide; no scripts. */
import { html, trusted, type Html, type Value } from '../html.ts';

export interface PageOptions {
  /** For a content security policy that allows only this style. */
  readonly nonce?: string;
  /** Where the name in the header leads. */
  readonly home?: string;
}

/** A whole HTML document. */
export function page(title: string, body: Value, options: PageOptions = {}): string {
  const nonce = options.nonce === undefined ? '' : html` nonce="${options.nonce}"`;
  const name = options.home === undefined ? html`<span>Steward</span>` : html`<a href="${options.home}">Steward</a>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Steward</title>
<style${nonce}>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="top"><div class="wide">${name}</div></header>
<main id="content" class="wide">${body}</main>
</body>
</html>
`.text;
}

/** A short label with a color that repeats what its words say. */
export function badge(tone: 'good' | 'bad' | 'care' | 'wait' | 'quiet', label: string): Html {
  return html`<span class="badge ${tone}">${label}</span>`;
}

const STYLE = `
:root{--fg:#1f2328;--soft:#59636e;--bg:#fff;--bar:#f6f8fa;--line:#d1d9e0;--link:#0757ba;--good:#116329;--bad:#b3161b;--care:#7a4900;--wait:#6639ba;
--code:#eff1f3;--good-bg:#dafbe1;--bad-bg:#ffebe9;--care-bg:#fff8c5;--wait-bg:#fbefff}
@media (prefers-color-scheme:dark){:root{--fg:#f0f6fc;--soft:#9ea7b3;--bg:#0d1117;--bar:#151b23;--line:#3d444d;--link:#69b1ff;--good:#56d364;--bad:#ff8e86;
--care:#e3b341;--wait:#c9a5ff;--code:#262c36;--good-bg:#12261e;--bad-bg:#2d1417;--care-bg:#272115;--wait-bg:#211b34}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;color:var(--fg);background:var(--bg)}
a{color:var(--link)}a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:4px 8px;z-index:1}
.wide{max-width:64rem;margin:0 auto;padding:0 1rem}
.top{background:var(--bar);border-bottom:1px solid var(--line);padding:.7rem 0;font-weight:600}.top a{color:inherit;text-decoration:none}
main{padding-top:1.5rem!important;padding-bottom:4rem!important}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:2rem 0 .6rem}
.lead{color:var(--soft);margin:0 0 1rem;overflow-wrap:anywhere}.soft{color:var(--soft)}
.box{border:1px solid var(--line);border-radius:8px;margin:0 0 1rem;overflow:hidden}
.box>.bar{background:var(--bar);border-bottom:1px solid var(--line);padding:.6rem 1rem;display:flex;gap:.6rem;align-items:center;flex-wrap:wrap}
.box>.inside{padding:.25rem 1rem 1rem}
.inside.plain{padding-top:1rem}
.badge{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:0 .6rem;font-size:.8rem;line-height:1.5rem;font-weight:600;white-space:nowrap}
.good{color:var(--good);background:var(--good-bg)}.bad{color:var(--bad);background:var(--bad-bg)}.care{color:var(--care);background:var(--care-bg)}
.wait{color:var(--wait);background:var(--wait-bg)}.quiet{color:var(--soft)}
.md{overflow-wrap:anywhere}.md h1,.md h2{font-size:1.25rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}.md h3{font-size:1.1rem;margin:1.4rem 0 .5rem}
.md h4{font-size:1rem;margin:1.2rem 0 .4rem}.md p,.md ul{margin:.6rem 0}.md ul{padding-left:1.4rem}.md sub{font-size:.82rem;vertical-align:baseline;color:var(--soft)}
.md code{background:var(--code);border-radius:5px;padding:.1em .35em;font:.87em ui-monospace,"SFMono-Regular",Menlo,"Liberation Mono",monospace}
.md pre{background:var(--code);border-radius:6px;padding:.8rem 1rem;overflow-x:auto}.md pre code{padding:0;background:none}
.md details{margin:1rem 0}.md summary{cursor:pointer}.md .contains-task-list,.md li:has(>input){list-style:none}.md li>input{margin:0 .5rem 0 -1.2rem}
.annotation{border-left:4px solid var(--line);padding:.4rem .8rem;margin:.6rem 0;overflow-wrap:anywhere;background:var(--bar)}
.annotation.failure{border-color:var(--bad)}.annotation.warning{border-color:var(--care)}.annotation b{display:block}.annotation span{white-space:pre-wrap}
hr{border:0;border-top:1px solid var(--line);margin:1.2rem 0}tbody th{min-width:9rem}td:last-child{min-width:9rem}
.sign{background:none;margin-right:.15em}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{text-align:left;padding:.5rem .75rem;border-bottom:1px solid var(--line);vertical-align:top}
thead th{background:var(--bar);white-space:nowrap}tbody tr:last-child>*{border-bottom:0}tbody th{font-weight:600}
.md table{width:auto;display:block;overflow-x:auto}.md th,.md td{border:1px solid var(--line)}
@media (max-width:40rem){h1{font-size:1.35rem}.box>.inside{padding:.25rem .75rem .75rem}.wide{padding:0 .75rem}}
@media print{.top,.skip{display:none}details>*{display:block}}
`;
