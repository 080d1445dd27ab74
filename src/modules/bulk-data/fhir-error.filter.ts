import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { FhirRefusal } from './operation-outcome.js';

/** Says what went wrong in FHIR's words, where FHIR was spoken. */
@Catch(FhirRefusal)
export class FhirErrorFilter implements ExceptionFilter {
  catch(refused: FhirRefusal, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    response.status(refused.status).type('application/fhir+json').send(JSON.stringify(refused.outcome));
  }
}
