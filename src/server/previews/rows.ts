/** Which rows of a preview a reader may see: private repositories are for operators, others learn how many there are. */
import type { Preview, PreviewRow } from '../../verdict/preview.ts';

export interface Reader {
  readonly isOperator: boolean;
}

export function rowsFor({ rows }: Preview, { isOperator }: Reader): readonly PreviewRow[] {
  return isOperator ? rows : rows.filter(({ isPrivate }) => !isPrivate);
}
