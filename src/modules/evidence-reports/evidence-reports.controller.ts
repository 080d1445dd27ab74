import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { Response } from 'express';
import { reportHtml } from '../../evaluation/report/html/report-html.js';
import { reportPdf } from '../../evaluation/report/pdf/report-pdf.js';
import { type Actor, Caller } from '../identity/index.js';
import { Can, RefusedError } from '../platform/index.js';
import type { EvidenceReport } from './evidence-report.entity.js';
import { EvidenceReportReading } from './evidence-report-reading.js';

/** The page has styles of its own and nothing else that a browser would act on. */
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

@Controller('evaluations')
export class EvidenceReportsController {
  constructor(private readonly reading: EvidenceReportReading) {}

  @Get(':id/report.html')
  @Can('read', 'EvidenceReport')
  async html(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const { report } = await this.reportFor(actor, id, 'html');
    response.setHeader('Content-Security-Policy', pagePolicy);
    send(response, 'text/html; charset=utf-8', reportHtml(report));
  }

  @Get(':id/report.json')
  @Can('read', 'EvidenceReport')
  async json(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const { content } = await this.reportFor(actor, id, 'json');
    send(response, 'application/json; charset=utf-8', content);
  }

  @Get(':id/report.pdf')
  @Can('read', 'EvidenceReport')
  async pdf(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const { report } = await this.reportFor(actor, id, 'pdf');
    send(response, 'application/pdf', await reportPdf(report));
  }

  private async reportFor(actor: Actor, id: string, form: string): Promise<EvidenceReport> {
    const found = await this.reading.exportFor(actor, id, form);
    if ('code' in found) throw new RefusedError(found);
    return found;
  }
}

function send(response: Response, mediaType: string, body: string | Uint8Array): void {
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.send(typeof body === 'string' ? body : Buffer.from(body));
}
