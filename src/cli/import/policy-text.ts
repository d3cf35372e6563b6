/** The policy that comes of an import, as YAML: above each line why it is there, below all what is left to do. */
import { dump } from 'js-yaml';
import { visible } from '../../facts/words.ts';
import type { Decision, Line } from './decision.ts';

/** Keys at the top of a policy, in the order in which people read them. */
const TOP = ['checkName', 'certification', 'mayOverride', 'locked', 'mayLoosen', 'groups', 'rules'];

/** Something under a key: lines with their comments, or more keys. */
type Node = Line | Map<string, Node>;

/** The policy; `sources` are the files that it was made of. */
export function policyText(sources: readonly string[], lines: readonly Line[], left: readonly Decision[]): string {
  const names = sources.map((source) => inLine(nearName(source))).join(', ');
  const says = `# What ${names} said, as a policy of Steward. Read the comments, and remove them when you agree.`;
  const tree = treeOf(lines);
  const top = TOP.flatMap((key) => {
    const node = tree.get(key);
    return node === undefined ? [] : rendered(key, node, '');
  });
  const remarks = left.filter(({ isTodo }) => !isTodo).map((one) => commentOf(one, ''));
  const todos = left.filter(({ isTodo }) => isTodo).map((one) => commentOf(one, ''));
  const heading = todos.length === 0 ? [] : ['', '# What could not be carried over:'];
  return [says, ...top, ...remarks, ...heading, ...todos, ''].join('\n');
}

/** A value as YAML on one line. `off` is text in YAML 1.2, and needs no quotes. */
export function yamlOf(value: unknown): string {
  if (value === 'off') return value;
  return dump(value, { flowLevel: 0, lineWidth: -1 }).trimEnd();
}

/** One comment on one line. Foreign text cannot leave it. */
export function commentOf({ found, says, isTodo, source, line, key }: Decision, indent: string): string {
  const place = key === '' ? nearName(source) : `${nearName(source)}, line ${line}`;
  return `${indent}# ${isTodo ? 'TODO ' : ''}${inLine(found)}: ${inLine(says)} (${inLine(place)})`;
}

/** Foreign text on one line, cut to a readable length. */
export function inLine(text: string): string {
  const shown = visible(text);
  return shown.length > 400 ? `${shown.slice(0, 400)}…` : shown;
}

function treeOf(lines: readonly Line[]): Map<string, Node> {
  const root = new Map<string, Node>();
  for (const line of lines) {
    const keys = line.key.split('.');
    let at = root;
    for (const key of keys.slice(0, -1)) {
      const next = at.get(key);
      const folder = next instanceof Map ? next : new Map<string, Node>();
      at.set(key, folder);
      at = folder;
    }
    at.set(keys.at(-1) ?? '', line);
  }
  return root;
}

function rendered(key: string, node: Node, indent: string): readonly string[] {
  if (!(node instanceof Map)) return [...comments(node, indent), `${indent}${key}: ${yamlOf(node.value)}`];
  if (key === 'groups' && indent === '') return ['groups:', ...[...node].flatMap(([name, group]) => groupText(name, group))];
  return [`${indent}${key}:`, ...[...node].flatMap(([name, child]) => rendered(name, child, `${indent}  `))];
}

function groupText(name: string, group: Node): readonly string[] {
  if (!(group instanceof Map)) return [];
  return [`  - name: ${name}`, ...[...group].flatMap(([key, node]) => rendered(key, node, '    '))];
}

function comments({ decisions, notes }: Line, indent: string): readonly string[] {
  const told = decisions.map((decision) => commentOf(decision, indent));
  return [...new Set([...told, ...notes.map((note) => `${indent}# ${inLine(note)}`)])];
}

/** A path without the folders of this machine: the file and the folder that it lies in. */
export function nearName(path: string): string {
  return path.split(/[\\/]/).slice(-2).join('/');
}
