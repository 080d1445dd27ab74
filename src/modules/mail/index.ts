export { MailModule } from './mail.module.js';
export { type MailMessage, messageOf, onOneLine } from './mail-message.rules.js';
export { MAIL_SENDER, type MailSender } from './mail-sender.js';
