import type { ApiClient } from './api-client.js';

/** In words, for each score and for the release; the summary comes from the records. */
export const endorsementTexts = {
  privacy: 'No row copies a real record beyond chance, and no figure rests on fewer than ten people.',
  quality: 'Every column has the type and the values its profile says.',
  utility: 'Each column looks like the real one; the columns are independent, so relations cannot be learnt.',
  bias: 'Groups are as frequent as in the source; what is under-represented there is so here.',
  releaseNotes: 'A first release for teaching. The columns were drawn one by one.',
  limitations: 'Relations between columns are chance. Extremes and rare categories are left out.',
};

/** What the records say of the candidate in a paragraph, for the evaluator to read and edit. */
export async function proposedSummary(evaluator: ApiClient, id: string): Promise<string | null> {
  const request = await evaluator.call<{ proposedSummary: string | null } | null>(
    'query ($id: ID!) { request(id: $id) { proposedSummary } }',
    { id },
  );
  return request?.proposedSummary ?? null;
}
