import { createHash } from 'node:crypto';
import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { Response } from 'express';
import { documentHtml, documentStyle } from '../../exporters/document/document-html.js';
import { documentMarkdown } from '../../exporters/document/document-markdown.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, RefusedError } from '../platform/index.js';
import { AssessmentReading } from './assessment-reading.js';

/** The page has one style sheet and nothing else that a browser would act on. */
const styleHash = createHash('sha256').update(documentStyle).digest('base64');
const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; sandbox`;

@Controller('assessments')
export class AssessmentsController {
  constructor(private readonly reading: AssessmentReading) {}

  @Get(':id/document.html')
  @Can('read', 'Assessment')
  async html(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.reading.exportFor(actor, id, 'html');
    if ('code' in found) throw new RefusedError(found);
    response.setHeader('Content-Security-Policy', pagePolicy);
    send(response, 'text/html', documentHtml(found));
  }

  @Get(':id/document.md')
  @Can('read', 'Assessment')
  async markdown(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.reading.exportFor(actor, id, 'markdown');
    if ('code' in found) throw new RefusedError(found);
    send(response, 'text/markdown', documentMarkdown(found));
  }
}

function send(response: Response, mediaType: string, text: string): void {
  response.setHeader('Content-Type', `${mediaType}; charset=utf-8`);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.send(text);
}
