import path from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/index.js';
import { MAIL_SENDER, mailSenderFor } from './mail-sender.js';

/** For the worker: it alone writes to people. */
@Module({
  providers: [
    {
      provide: MAIL_SENDER,
      inject: [CONFIG],
      useFactory: ({ home, mail }: Config) => mailSenderFor(mail.smtpUrl, path.join(home, 'mail')),
    },
  ],
  exports: [MAIL_SENDER],
})
export class MailModule {}
