/** What observations are sorted by (FHIR R4, observation-category). */
export const observationCategories = [
  ...(['vital-signs', 'laboratory', 'survey', 'social-history', 'exam'] as const),
  ...(['procedure', 'therapy', 'imaging'] as const),
] as const;

/** What somebody does not bear. */
export const allergyCategories = ['food', 'medication', 'environment'] as const;
