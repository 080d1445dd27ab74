import { presentOf } from '../variable.js';
import type { ContinuousVariable } from '../variable.js';

const decimalsMax = 20;

/**
 * Left-closed bin edges as mostlyai-qa 1.10 sets them: every value where there are few, else values at even ranks,
 * floored to the fewest decimals that keep them apart (moments are not). One edge more than bins when cut by rank. Empty
 * without values.
 */
export function rankEdges(
  original: ContinuousVariable,
  { bins, floored }: { readonly bins: number; readonly floored: boolean },
): Float64Array {
  const sorted = presentOf(original).slice().sort();
  const distinct = sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]);
  if (distinct.length <= bins) return distinct;
  const edges = ranksApart(sorted, distinct.length, bins);
  return floored ? floorApart(edges) : edges;
}

/** Values at even ranks, with more and more ranks until there is one more than there are bins. */
function ranksApart(sorted: Float64Array, distinctCount: number, bins: number): Float64Array {
  const wanted = Math.min(bins + 1, distinctCount);
  for (let ranks = bins; ; ranks = ranks < 1000 ? ranks + 1 : Math.ceil(ranks * 1.1)) {
    const step = (sorted.length - 1) / (ranks - 1);
    const edges = new Set<number>();
    for (let rank = 0; rank < ranks; rank += 1) edges.add(sorted[Math.floor(rank * step)] ?? NaN);
    if (edges.size >= wanted || ranks > 4 * sorted.length) return Float64Array.from(edges).sort();
  }
}

function floorApart(edges: Float64Array): Float64Array {
  for (let decimals = 0; decimals <= decimalsMax; decimals += 1) {
    const unit = 10 ** decimals;
    const cut = edges.map((edge) => Math.floor(edge * unit) / unit);
    if (new Set(cut).size === edges.length) return cut;
  }
  return edges;
}
