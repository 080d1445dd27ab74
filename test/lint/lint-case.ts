/** File names and what is in them. */
export type CaseFiles = Readonly<Record<string, string>>;

export interface LintCase {
  /** In these the rule finds something, at this path. */
  readonly fires: readonly (readonly [path: string, files: CaseFiles])[];
  /** In these it finds nothing, though they are close. */
  readonly silent: readonly CaseFiles[];
}

/** Folders with one file, by what is in it. */
export const query = (sql: string): CaseFiles => ({
  'config.yaml': `src-stats:\n  - name: s\n    query: ${JSON.stringify(sql)}`,
});
export const stats = (text: string): CaseFiles => ({ 'src-stats.yaml': text });
export const config = (text: string): CaseFiles => ({ 'config.yaml': text });
export const orm = (text: string): CaseFiles => ({ 'orm.yaml': text });
export const call = (name: string, args: string): CaseFiles =>
  config(`tables: {t: {row_generators: [{name: ${name}, columns_assigned: c, args: ${args}}]}}`);
export const dp = (rest: string): string =>
  `src-stats: [{name: s, query: "SELECT p FROM t", dp-query: "SELECT COUNT(*) AS n FROM t", ${rest}}]`;
