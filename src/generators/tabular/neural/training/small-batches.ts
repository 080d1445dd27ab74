/** Few rows are taken in smaller batches, so that an epoch has some steps. */
const stepsOfEpochMin = 16;
const batchRowsMin = 32;

/** Batches of at most `batchRows` rows; a smaller one has a lower rate, by the root of their ratio. */
export function smallBatches(
  { batchRows, rateMillionths }: { readonly batchRows: number; readonly rateMillionths: number },
  rowCount: number,
): { readonly batchRows: number; readonly rate: number } {
  const wanted = Math.max(batchRowsMin, Math.ceil(rowCount / stepsOfEpochMin));
  const rows = Math.min(batchRows, wanted);
  return { batchRows: rows, rate: (rateMillionths / 1e6) * Math.sqrt(rows / batchRows) };
}
