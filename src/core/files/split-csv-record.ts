/** The cells of one record that is known to be well formed, its line end taken off. */
export function splitCsvRecord(record: string): string[] {
  const cells: string[] = [];
  let start = 0;
  for (;;) {
    const end = endOfCell(record, start);
    const text = record.slice(start, end);
    cells.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end >= record.length) return cells;
    start = end + 1;
  }
}

/** Index of the comma after the cell that starts at `start`, or the length of the record. */
function endOfCell(record: string, start: number): number {
  let quoted = false;
  for (let index = start; index < record.length; index += 1) {
    const char = record[index];
    if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) return index;
  }
  return record.length;
}
