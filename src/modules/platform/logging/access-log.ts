import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HttpLogger, pinoHttp } from 'pino-http';
import type { Logger } from './logger.js';

/** One line a request: what was asked of whom, and how it ended. No header (tokens), no body (values). */
export function accessLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    serializers: {
      req: ({ method, url }: IncomingMessage) => ({ method, url }),
      res: ({ statusCode }: ServerResponse) => ({ statusCode }),
    },
    customLogLevel: (_, response, error) => (error || response.statusCode >= 500 ? 'error' : 'debug'),
    wrapSerializers: false,
  });
}
