/** A SQL string literal. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A SQL list of string literals. */
export function textListLiteral(texts: readonly string[]): string {
  return `[${texts.map(textLiteral).join(', ')}]`;
}

/** A quoted SQL name, so that a column may be called `select` or `a"b`. */
export function nameLiteral(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The literal of one file's path for read_csv and read_parquet, which would otherwise expand `*`, `?` and `[`. */
export function pathLiteral(path: string): string {
  return textLiteral(path.replace(/[*?[]/g, (wildcard) => `[${wildcard}]`));
}
