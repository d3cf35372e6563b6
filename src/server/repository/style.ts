/** The look of a repository's page, beside what all pages share. */

export const STYLE = `
main { max-width: 60rem; } h1, h2, h3, p, li, td, th { overflow-wrap: anywhere; } h2 { margin-top: 2.5rem; }
h3 { font-size: 1rem; margin: 0; } section.card > h3 + p { margin-top: .15rem; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); }
tr:last-child > * { border-bottom: 0; } th { font-weight: 600; } thead th { color: var(--soft); font-size: .875rem; }
.rules th:first-child { width: 54%; } .rules th:nth-child(2) { width: 18%; } .rules th small { font-weight: 400; }
.values th { width: 24%; font-weight: 400; } .values td:last-child { width: 38%; font-size: .875rem; } .values td > p { font-size: .875rem; }
.values code { background: none; padding: 0; }
.word { font-weight: 600; white-space: nowrap; } .care { color: #9a6700; } @media (prefers-color-scheme: dark) { .care { color: #d29922; } }
summary { cursor: pointer; padding: .25rem 0; } .note { border-left: 3px solid var(--line); padding-left: .75rem; }
.findings > li > p { margin: .15rem 0; } section:target { outline: 2px solid var(--accent); }
@media (max-width: 40rem) {
  .rules thead { display: none; } .rules tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .rules th:first-child { display: block; width: auto; } .rules th, .rules td { display: inline; border: 0; padding: 0 .5rem 0 0; }
  .values tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); } .values tr:last-child { border: 0; }
  .values th, .values td, .values td:last-child { display: block; width: auto; border: 0; padding: .1rem 0; }
  .values th { color: var(--soft); } .card { padding: .85rem .9rem; }
}
`;
