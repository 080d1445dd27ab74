import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { Response } from 'express';
import { type Actor, Caller } from '../identity/index.js';
import { Can, RefusedError } from '../platform/index.js';
import { DownloadsService } from './downloads.service.js';

@Controller('releases')
export class ReleasesController {
  constructor(private readonly downloads: DownloadsService) {}

  @Get(':id/files/:name')
  @Can('download', 'Release')
  async download(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('name') name: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const answer = await this.downloads.open(actor, id, name);
    if ('code' in answer) throw new RefusedError(answer);
    const { file, stream } = answer;
    response.attachment(file.name);
    response.setHeader('Content-Type', file.mediaType);
    response.setHeader('Content-Length', file.bytes);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Digest', `sha-256=${Buffer.from(file.sha256, 'hex').toString('base64')}`);
    await pipeline(stream, response);
  }
}
