import type { Request } from 'express';

/** The address of a release's FHIR face, as the caller reached it; without a slash at its end. */
export function baseOf(request: Request, releaseId: string): string {
  return `${request.protocol}://${request.get('host') ?? 'localhost'}/releases/${releaseId}/fhir`;
}
