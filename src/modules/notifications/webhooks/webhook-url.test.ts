import { isLoopbackAddress, isPublicAddress } from './public-address.js';
import { refuseWebhookUrl } from './webhook-url.js';

it.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.168.1.1',
  '198.19.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  '2001:db8::1',
  '2002:a00:1::1',
  'fc00::1',
  'fd12::1',
  'fe80::1',
  'ff02::1',
  'localhost',
  '',
])('%s is no address of the open Internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each([
  '1.1.1.1',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00:1450::1',
])('%s is one', (address) => {
  expect(isPublicAddress(address)).toBe(true);
  expect(isLoopbackAddress(address)).toBe(false);
});

it.each([
  ['https://hooks.hospital.example/picketfence', null, null],
  ['https://1.1.1.1/', null, null],
  ['http://hooks.hospital.example/', 'https', 'https'],
  ['ftp://hooks.hospital.example/', 'https', 'https'],
  ['https://ann:secret@hooks.hospital.example/', 'user name', 'user name'],
  ['https://10.0.0.1/', 'private', 'private'],
  ['https://[fd12::1]/', 'private', 'private'],
  ['https://[::ffff:169.254.169.254]/', 'private', 'private'],
  ['https://0x7f.1/', 'this machine', null],
  ['https://2130706433/', 'this machine', null],
  ['http://127.0.0.1:8080/', 'https', null],
  ['http://localhost:8080/', 'https', null],
  ['https://localhost/', 'this machine', null],
  ['http://10.0.0.1/', 'https', 'https'],
  ['not a url', 'Give a URL', 'Give a URL'],
  [`https://hooks.hospital.example/${'a'.repeat(2000)}`, 'Give a URL', 'Give a URL'],
])('%s is refused with %j, and with loopback allowed with %j', (url, refused, withLoopback) => {
  for (const [loopback, expected] of [
    [false, refused],
    [true, withLoopback],
  ] as const) {
    const found = refuseWebhookUrl(url, { loopback });
    if (expected === null) expect(found).toBeNull();
    else expect(found).toContain(expected);
  }
});
