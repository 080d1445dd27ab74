import { registerEnumType } from '@nestjs/graphql';
import type { Tier } from '../../generators/generator.js';

/** What a dataset may be asked for. Direct care is not among them, for any tier. */
const useCases = ['RESEARCH', 'EDUCATION', 'SOFTWARE_TESTING', 'SERVICE_EVALUATION'] as const;
export type UseCase = (typeof useCases)[number];

const tiers: readonly Tier[] = ['STRUCTURAL', 'LOW', 'HIGH'];

export const UseCaseEnum = Object.fromEntries(useCases.map((useCase) => [useCase, useCase]));
registerEnumType(UseCaseEnum, { name: 'UseCase' });

export const TierEnum = Object.fromEntries(tiers.map((tier) => [tier, tier]));
registerEnumType(TierEnum, { name: 'Tier', description: 'How near the generator came to real records.' });
