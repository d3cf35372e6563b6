/** Results of policy tests as JUnit XML, which most systems of continuous integration read. */
import { visible } from '../../facts/words.ts';
import { problemText } from '../../policy/problem.ts';
import type { TestResult, TestRun } from '../../verdict/policy-test.ts';

/** A test suite a file; a file that cannot be read is a suite with an error. */
export function junit({ results, problems }: TestRun): string {
  const failures = results.filter(({ isPassed }) => !isPassed).length;
  const unread = problems.map((problem) => {
    const inner = `<error message="${escaped(problemText(problem))}"/>`;
    return `    <testcase classname="${escaped(problem.source)}" name="is readable">${inner}</testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${results.length + problems.length}" failures="${failures}" errors="${problems.length}">`,
    `  <testsuite name="steward policy test" tests="${results.length + problems.length}" failures="${failures}" errors="${problems.length}">`,
    ...unread,
    ...results.map(caseOf),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf({ name, source, line, says }: TestResult): string {
  const head = `    <testcase classname="${escaped(source)}" name="${escaped(name)}" file="${escaped(source)}" line="${line}"`;
  return says === null ? `${head}/>` : `${head}><failure message="${escaped(says)}"/></testcase>`;
}

/** XML has no control characters, lone surrogates or U+FFFE, escaped or not. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return visible(text.toWellFormed())
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
