/** P(Z > x) of a standard normal Z, x >= 0: the series about 0 below 3, Laplace's continued fraction above. */
export function normalTail(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let [sum, term] = [0, x];
    for (let k = 1; term > 1e-17 * sum; k++) {
      sum += term;
      term *= (x * x) / (2 * k + 1);
    }
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let k = 80; k > 0; k--) fraction = x + k / fraction;
  return density / fraction;
}

/** The x >= 0 beyond which a standard normal lies with the probability `tail`, 0 < tail <= 0.5; by halving. */
export function normalBeyond(tail: number): number {
  let [low, high] = [0, 40];
  for (let step = 0; step < 64; step++) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
