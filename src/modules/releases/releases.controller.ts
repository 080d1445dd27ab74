import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { Response } from 'express';
import { type Actor, Caller } from '../identity/index.js';
import { Can, type Refusal, RefusedError } from '../platform/index.js';
import { DownloadsService, type OpenDownload } from './downloads.service.js';

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
    await send(response, await this.downloads.open(actor, id, name));
  }
}

@Controller('downloads')
export class DownloadLinksController {
  constructor(private readonly downloads: DownloadsService) {}

  @Get(':token')
  @Can('download', 'Release')
  async downloadByLink(
    @Param('token') token: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    await send(response, await this.downloads.openByLink(actor, token));
  }
}

async function send(response: Response, answer: OpenDownload | Refusal): Promise<void> {
  if ('code' in answer) throw new RefusedError(answer);
  const { file, stream } = answer;
  response.attachment(file.name);
  response.setHeader('Content-Type', file.mediaType);
  response.setHeader('Content-Length', file.bytes);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Digest', `sha-256=${Buffer.from(file.sha256, 'hex').toString('base64')}`);
  await pipeline(stream, response);
}
