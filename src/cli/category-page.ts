/** The page about categories of licenses, written from what is shipped, so that it can say nothing else. */
import { CATEGORIES, MEANING, SHIPPED, type Category } from '../rules/licensing/shipped.ts';

/** Markdown: what each category means, then the licenses of each. `note` says where the page comes from. */
export function categoryPage(note: string): string {
  const parts = [
    '# Categories of licenses',
    note,
    'A policy names a category as `category:permissive` in `allow`, `review` or `deny`, from the one that asks least of whoever uses a work to the one that asks most.\nWhat a policy sees otherwise it says by [`categories`](licenses.md#categories).',
    ['| Category | Licenses | What it means |', '| --- | --: | --- |', ...CATEGORIES.map(row)].join('\n'),
    'A license stands in a category only where its text leaves no doubt.\nWhat stands in none is `uncategorized`: a list of categories does not answer it, so somebody has to.\nA license with an exception is of the category of the license, because an exception only adds permission.\nThis is a help for sorting, and no legal advice.',
    ...CATEGORIES.filter((category) => idsOf(category).length > 0).map(section),
  ];
  return `${parts.join('\n\n')}\n`;
}

function row(category: Category): string {
  const { length } = idsOf(category);
  const name = length === 0 ? `\`${category}\`` : `[\`${category}\`](#${category})`;
  return `| ${name} | ${length === 0 ? '' : length} | ${MEANING[category]} |`;
}

function section(category: Category): string {
  const ids = idsOf(category).map((id) => `\`${id}\``);
  return `## ${category}\n\n${ids.join(', ')}`;
}

function idsOf(category: Category): readonly string[] {
  const ids: string = SHIPPED[category];
  return ids
    .split(/\s+/)
    .filter((id) => id !== '')
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}
