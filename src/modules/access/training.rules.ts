import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { msPerDay } from '../../core/time/units.js';

/** UCLH framework 9.5.5, footnote 83: NHS Data Security Awareness; CITI Data or Specimens Only Research. */
export const trainingKinds = ['NHS_DATA_SECURITY_AWARENESS', 'CITI_DATA_OR_SPECIMENS_ONLY_RESEARCH'] as const;
export type TrainingKind = (typeof trainingKinds)[number];

/** A certificate as its holder states it. */
export interface TrainingForm {
  readonly kind: TrainingKind;
  /** Where the proof is found, such as the number of the certificate. */
  readonly proofReference: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const proofLengthMax = 500;

/** `daysMax`: how long a certificate of each kind counts at most, by policy. */
export function refuseTraining(
  form: TrainingForm,
  daysMax: Readonly<Record<TrainingKind, number>>,
  now: Date,
): Refusal | null {
  const { kind, issuedAt, expiresAt } = form;
  const proof = form.proofReference.trim();
  if (proof === '' || proof.length > proofLengthMax) {
    return refusal('INCOMPLETE', 'Say where the proof of the training is found.', 'proofReference');
  }
  if (Number.isNaN(issuedAt.getTime()) || issuedAt > now) {
    return refusal('TRAINING_NOT_VALID', 'The certificate is issued in the future.', 'issuedAt');
  }
  if (Number.isNaN(expiresAt.getTime()) || expiresAt <= now) {
    return refusal('TRAINING_NOT_VALID', 'The certificate has expired.', 'expiresAt');
  }
  if (expiresAt.getTime() - issuedAt.getTime() > daysMax[kind] * msPerDay) {
    const message = `A certificate of this kind counts for ${daysMax[kind]} days at most.`;
    return refusal('TRAINING_NOT_VALID', message, 'expiresAt');
  }
  return null;
}
