import { ages } from './ages.mjs';
import { smoothBands, yearMeans } from './smooth.mjs';

/**
 * Yearly onset of a lasting condition from its prevalence by age. With prevalence p, onset h among the free, excess
 * mortality m of the affected and remission r, a cohort obeys p' = (1 - p) h - p (1 - p) m - r p; solved for h.
 * Where p falls faster than m and r explain, m is raised to what the fall needs, up to `excessMax`.
 * @param condition bands (share in percent), start (first age), excess, remission (a year, by age)
 * @param adjust factor on the prevalence of a band, for what the equation leaves out
 * @returns onset, excess, prevalence (means over each year of age), curve (prevalence at exact ages)
 */
export function onsetFromPrevalence({
  bands,
  weights,
  start,
  excess,
  remission = () => 0,
  excessMax = 0.25,
}) {
  const shares = bands.map((band) => ({ ...band, value: band.value / 100 }));
  const curve = smoothBands(shares, weights, start);
  const prevalence = yearMeans(curve);
  const used = [];
  const onset = ages.map((age) => {
    const p = prevalence[age];
    const rise = curve[age + 1] - curve[age];
    const away = remission(age) * p;
    const spread = p * (1 - p);
    const needed = spread > 0 ? -(rise + away) / spread : 0;
    used[age] = Math.min(excessMax, Math.max(excess(age, p), needed));
    if (p === 0 && rise <= 0) return 0;
    return Math.max(0, (rise + spread * used[age] + away) / (1 - p));
  });
  return { onset, excess: used, prevalence, curve };
}

/**
 * Splits onset between persons with and without an exposure of relative risk `ratio`, so that both together have the
 * given onset. The exposed who are already affected are fewer among the free, which is followed from age to age.
 * @param share of exposed persons, by age
 * @returns [onset of the exposed, onset of the others], by age
 */
export function splitByExposure(condition, share, ratio) {
  const state = { exposed: 0, others: 0 };
  const split = ages.map((age) => {
    const w = share[age];
    const flow = condition.onset[age] * (1 - condition.prevalence[age]);
    const free = w * (1 - state.exposed) * ratio + (1 - w) * (1 - state.others);
    const base = free > 0 ? flow / free : 0;
    step(state, age, { base, ratio, share, condition });
    return [base * ratio, base];
  });
  return [split.map(([exposed]) => exposed), split.map(([, others]) => others)];
}

function step(state, age, { base, ratio, share, condition }) {
  const loss = lossOf(condition, age, base);
  const follow = (p, rate) => Math.min(0.95, Math.max(0, p + (1 - p) * rate - p * loss));
  const w = share[age];
  const next = share[age + 1] ?? w;
  const joined = Math.max(0, next - w);
  const exposed = follow(state.exposed, base * ratio);
  state.others = follow(state.others, base);
  state.exposed = next > 0 ? ((next - joined) * exposed + joined * state.others) / next : state.others;
}

/** What leaves the affected a year (deaths and remission), from the balance of the whole. */
function lossOf({ onset, prevalence, curve }, age) {
  const p = prevalence[age];
  if (p === 0) return 0;
  return Math.max(0, (onset[age] * (1 - p) - (curve[age + 1] - curve[age])) / p);
}

/**
 * The same split for an exposure that is decided in youth, with other shares in every generation: the prevalence of the
 * never exposed is that of the cross-section divided by what their generation's exposure makes of it.
 */
export function splitByGeneration(condition, share, ratio) {
  const { curve, excess } = condition;
  const base = curve.map((p, age) => p / (1 + (share[Math.min(age, ages.length - 1)] ?? 0) * (ratio - 1)));
  const others = ages.map((age) => {
    const p = (base[age] + base[age + 1]) / 2;
    return Math.max(0, (base[age + 1] - base[age] + p * (1 - p) * excess[age]) / (1 - p));
  });
  return [others.map((rate) => rate * ratio), others];
}
