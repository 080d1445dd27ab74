import { Controller, Param, ParseUUIDPipe, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MalformedCsvError } from '../../core/files/malformed-csv-error.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, sendProblem } from '../platform/index.js';
import { UploadIntake, UploadTooLargeError } from './upload-intake.js';
import { UploadsService } from './uploads.service.js';

const acceptedTypes = ['text/csv', 'application/octet-stream'];

@Controller('uploads')
export class UploadsController {
  constructor(
    private readonly uploads: UploadsService,
    private readonly intake: UploadIntake,
  ) {}

  @Put(':id')
  @Can('create', 'Upload')
  async receive(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (!request.is(acceptedTypes) || request.headers['content-encoding']) {
      const detail = `Send the file as it is, with Content-Type ${acceptedTypes.join(' or ')}.`;
      sendProblem(response, { status: 415, title: 'Unsupported media type', detail, code: 'MEDIA_TYPE' });
      return;
    }
    try {
      // The socket stays open when reading stops early, so that the sender gets to read why.
      const bytes = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
      const upload = await this.intake.receive(actor, id, bytes);
      response.json({ id, state: upload.state, contentHash: upload.contentHash, rows: upload.rowCount });
    } catch (error) {
      request.resume();
      await this.answer(actor, id, response, error);
    }
  }

  private async answer(actor: Actor, id: string, response: Response, error: unknown): Promise<void> {
    if (error instanceof MalformedCsvError) {
      const { message: detail, code, line, column } = error;
      await this.uploads.refuse(actor, id, detail);
      sendProblem(response, { status: 422, title: 'Malformed CSV', detail, code, place: { line, column } });
      return;
    }
    if (error instanceof UploadTooLargeError) {
      await this.uploads.refuse(actor, id, error.message);
      sendProblem(response, { status: 413, title: 'Too large', detail: error.message, code: 'TOO_LARGE' });
      return;
    }
    throw error;
  }
}
