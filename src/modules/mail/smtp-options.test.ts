import { smtpOptions } from './smtp-options.js';

it.each([
  [
    'smtp://mail.hospital.example',
    { host: 'mail.hospital.example', port: 587, secure: false, requireTLS: true },
  ],
  [
    'smtps://mail.hospital.example',
    { host: 'mail.hospital.example', port: 465, secure: true, requireTLS: true },
  ],
  ['smtp://10.0.0.1:25', { host: '10.0.0.1', port: 25, secure: false, requireTLS: true }],
  ['smtp://127.0.0.1.hospital.example', { host: '127.0.0.1.hospital.example', port: 587, requireTLS: true }],
  ['smtp://localhost:2525', { host: 'localhost', port: 2525, secure: false, ignoreTLS: true }],
  ['smtp://[::1]:25', { host: '::1', port: 25, ignoreTLS: true }],
  ['smtp://a%40b:p%3Aw@mail.hospital.example', { auth: { user: 'a@b', pass: 'p:w' }, requireTLS: true }],
])('%s is spoken to with %j', (url, expected) => {
  expect(smtpOptions(url)).toMatchObject(expected);
  expect('ignoreTLS' in smtpOptions(url)).toBe('ignoreTLS' in expected);
});
