import { Inject, Injectable } from '@nestjs/common';
import { type CsvSummary, CsvValidator } from '../../core/files/csv-validator.js';
import type { Actor } from '../identity/index.js';
import { CONFIG, type Config, type ObjectInbox, REAL_ZONE_INBOX } from '../platform/index.js';
import type { Upload } from './upload.entity.js';
import { UploadsService } from './uploads.service.js';

const columnsMax = 10_000;

/** The file is larger than the settings allow. */
export class UploadTooLargeError extends Error {
  constructor(bytesMax: number) {
    super(`The file is larger than ${bytesMax} bytes, the most this installation takes.`);
    this.name = 'UploadTooLargeError';
  }
}

/** Takes a file in: what is stored has been validated, and what is refused leaves nothing behind. */
@Injectable()
export class UploadIntake {
  constructor(
    private readonly uploads: UploadsService,
    @Inject(REAL_ZONE_INBOX) private readonly inbox: ObjectInbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Validates and stores the bytes in one pass: all of a well-formed file, or nothing.
   * @throws {MalformedCsvError} with line and column
   * @throws {UploadTooLargeError}
   * @throws {RefusedError} when the upload is not this person's, or not open
   */
  async receive(actor: Actor, id: string, bytes: AsyncIterable<Uint8Array>): Promise<Upload> {
    await this.uploads.requireOpen(actor, id);
    const validator = new CsvValidator({ recordBytesMax: this.config.upload.recordBytesMax, columnsMax });
    let summary: CsvSummary | undefined;
    const { bytesMax } = this.config.upload;
    async function* validated(): AsyncGenerator<Uint8Array> {
      let length = 0;
      for await (const chunk of bytes) {
        length += chunk.length;
        if (length > bytesMax) throw new UploadTooLargeError(bytesMax);
        validator.push(chunk);
        yield chunk;
      }
      summary = validator.end();
    }
    const stored = await this.inbox.put(validated());
    if (!summary) throw new Error('The validator did not see the end of the file.');
    return this.uploads.markReceived(actor, id, stored.key, summary);
  }
}
