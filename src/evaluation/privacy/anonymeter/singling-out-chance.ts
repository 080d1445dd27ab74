/**
 * How often a query singles out one of n people when its weight, the share of the population it fits, is uniform
 * between `from` and `to`: the integral of n w (1 - w)^(n-1) over w (Cohen and Nissim, PNAS 2020).
 */
export function singlingOutChance(n: number, from: number, to: number): number {
  const term = (weight: number): number => (n * weight + 1) * (1 - weight) ** n;
  return (term(from) - term(to)) / (n + 1);
}
