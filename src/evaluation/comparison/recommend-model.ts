import { figureText, plural } from '../figure.js';
import type { ComparedModel } from './compared-model.js';

export interface ModelRecommendation {
  /** Null when none may be recommended. */
  readonly method: string | null;
  readonly reasons: readonly string[];
  /** Methods from the best: those that fail no privacy check by fidelity, then the others by failed checks. */
  readonly ranking: readonly string[];
}

/** Fidelities closer than this are alike; then the quicker method goes first. */
const alike = 0.005;

/** Privacy is no trade: a method that fails a privacy check is never recommended, however faithful it is. */
export function recommendModel(models: readonly ComparedModel[]): ModelRecommendation {
  const best = Math.max(
    0,
    ...models.filter((one) => tier(one) === 0).map(({ fidelity }) => fidelity.value ?? 0),
  );
  const ranked = [...models].sort(
    (one, other) =>
      tier(one) - tier(other) ||
      one.failedPrivacy.length - other.failedPrivacy.length ||
      better(one, other, best),
  );
  const ranking = ranked.map(({ method }) => method);
  const [first, ...rest] = ranked;
  if (!first || tier(first) > 0) return { method: null, ranking, reasons: ranked.map(whyNot) };
  const { method, fidelity, seconds } = first;
  return {
    method,
    ranking,
    reasons: [
      `${method} fails no privacy check and reaches a fidelity of ${figureText(fidelity.value ?? 0)} in ${figureText(seconds)} seconds.`,
      ...rest.map((other) => (tier(other) > 0 ? whyNot(other) : whyBehind(other, first))),
    ],
  };
}

/** 0: may be recommended. */
function tier({ failure, failedPrivacy, fidelity }: ComparedModel): number {
  if (failure !== null || fidelity.value === null) return 2;
  return failedPrivacy.length > 0 ? 1 : 0;
}

function better(one: ComparedModel, other: ComparedModel, best: number): number {
  const behind = ({ fidelity }: ComparedModel): number => Math.floor((best - (fidelity.value ?? 0)) / alike);
  return behind(one) - behind(other) || one.seconds - other.seconds;
}

function whyNot({ method, failure, failedPrivacy, fidelity }: ComparedModel): string {
  if (failure !== null) return `${method} made no rows: ${failure}`;
  if (fidelity.value === null) return `${method} has no fidelity: ${fidelity.reason}`;
  return `${method} fails ${plural(failedPrivacy.length, 'privacy check')}: ${failedPrivacy.join(', ')}.`;
}

function whyBehind(other: ComparedModel, first: ComparedModel): string {
  const [own, best] = [other.fidelity.value ?? 0, first.fidelity.value ?? 0];
  if (best - own >= alike)
    return `${other.method} fails no privacy check, but is less faithful (${figureText(own)}).`;
  return `${other.method} fails no privacy check and is about as faithful (${figureText(own)}), but takes ${figureText(other.seconds)} seconds.`;
}
