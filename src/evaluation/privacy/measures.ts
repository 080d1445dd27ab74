import type { Measure } from '../measure.js';
import { inference } from './anonymeter/inference.js';
import { linkability } from './anonymeter/linkability.js';
import { singlingOutMultivariate, singlingOutUnivariate } from './anonymeter/singling-out.js';
import { exactCopiesAboveHoldout } from './copies/exact-copies-above-holdout.js';
import { identicalMatchShare } from './copies/identical-match-share.js';
import { distanceToClosestRecord } from './distances/distance-to-closest-record.js';
import { nearCopiesAboveHoldout } from './distances/near-copies.js';
import { nearerToTraining } from './distances/nearer-to-training.js';
import { nearestNeighbourRatio } from './distances/nearest-neighbour-ratio.js';
import { membershipByDensity } from './membership/by-density.js';
import { membershipByCalibratedDistance, membershipByDistance } from './membership/by-distance.js';
import { attributeDisclosure } from './reproduction/attribute-disclosure.js';
import { kMap, rareCombinations, replicatedUniques } from './reproduction/combinations.js';
import { dpAudit } from './shadow/dp-audit.js';
import { membershipOfChosenPeople } from './shadow/chosen-people.js';
import { outliersReproduced } from './reproduction/outliers-reproduced.js';

/** What a model learned from persons: each compares training rows with rows held out. */
export const privacyMeasures: readonly Measure[] = [
  exactCopiesAboveHoldout,
  identicalMatchShare,
  nearCopiesAboveHoldout,
  nearerToTraining,
  distanceToClosestRecord,
  nearestNeighbourRatio,
  singlingOutUnivariate,
  singlingOutMultivariate,
  linkability,
  inference,
  membershipByDistance,
  membershipByCalibratedDistance,
  membershipByDensity,
  membershipOfChosenPeople,
  replicatedUniques,
  kMap,
  rareCombinations,
  attributeDisclosure,
  outliersReproduced,
  dpAudit,
];
