import { describe, expect, it } from 'vitest';
import { readConfig, settingDocs } from '../../src/config.js';

describe('readConfig', () => {
  it('an empty environment gives the defaults', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: 'file:./data/attested.db',
      openReads: true,
      logLevel: 'info',
      corsOrigins: [],
      hostNames: [],
    });
  });

  it('a flag takes precedence over ATTESTED_PORT, and ATTESTED_PORT over PORT', () => {
    expect(readConfig({ PORT: '1' }).port).toBe(1);
    expect(readConfig({ PORT: '1', ATTESTED_PORT: '2' }).port).toBe(2);
    expect(readConfig({ PORT: '1', ATTESTED_PORT: '2' }, { ATTESTED_PORT: '3' }).port).toBe(3);
  });

  it('an empty setting is ignored', () => {
    expect(readConfig({ ATTESTED_PORT: '', ATTESTED_READS: '' })).toEqual(readConfig({}));
  });

  it.each([
    ['127.0.0.1', undefined, true],
    ['127.0.0.53', undefined, true],
    ['::1', undefined, true],
    ['localhost', undefined, true],
    ['0.0.0.0', undefined, false],
    ['::', undefined, false],
    ['192.0.2.7', undefined, false],
    ['localhost.evil.test', undefined, false],
    ['0.0.0.0', 'open', true],
    ['127.0.0.1', 'keyed', false],
  ])('with host %s and reads %s, openReads is %s', (host, reads, open) => {
    expect(readConfig({ ATTESTED_HOST: host, ATTESTED_READS: reads }).openReads).toBe(open);
  });

  it('origins are split into a list', () => {
    const { corsOrigins } = readConfig({ ATTESTED_CORS_ORIGINS: 'https://a.test,https://b.test' });
    expect(corsOrigins).toEqual(['https://a.test', 'https://b.test']);
  });

  it('an asterisk stands for all origins', () => {
    expect(readConfig({ ATTESTED_CORS_ORIGINS: '*' }).corsOrigins).toBe('*');
  });

  it.each([
    ['127.0.0.1', undefined, []],
    ['localhost', 'register.test', ['register.test']],
    ['0.0.0.0', undefined, null],
    ['0.0.0.0', 'a.test,b.test', ['a.test', 'b.test']],
  ])('on %s with the names %s, Host may hold %j', (host, names, allowed) => {
    expect(readConfig({ ATTESTED_HOST: host, ATTESTED_HOST_NAMES: names }).hostNames).toEqual(allowed);
  });

  it('addresses of replicas are split into a list', () => {
    const env = { ATTESTED_DATABASE_URL: 'postgres://p/x' };
    expect(readConfig(env).replicaUrls).toEqual([]);
    const replicas = { ...env, ATTESTED_REPLICA_URLS: 'postgres://r1/x,postgresql://r2:5433/x' };
    expect(readConfig(replicas).replicaUrls).toEqual(['postgres://r1/x', 'postgresql://r2:5433/x']);
  });

  it.each([
    ['ATTESTED_PORT', 'http', /port number/],
    ['ATTESTED_PORT', '65536', /port number/],
    ['ATTESTED_PORT', '-1', /port number/],
    ['ATTESTED_PORT', '0x50', /port number/],
    ['ATTESTED_DATABASE_URL', 'mysql://localhost/attested', /file:/],
    ['ATTESTED_DATABASE_URL', './attested.db', /file:/],
    ['ATTESTED_DATABASE_URL', 'file:', /file:/],
    ['ATTESTED_REPLICA_URLS', 'file:./copy.db', /postgres:/],
    ['ATTESTED_REPLICA_URLS', 'postgres://a,b', /postgres:/],
    ['ATTESTED_REPLICA_URLS', 'postgres://a/x', /a register in a file has no replicas/],
    ['ATTESTED_READS', 'OPEN', /open/],
    ['ATTESTED_CORS_ORIGINS', 'app.test', /https:/],
    ['ATTESTED_CORS_ORIGINS', 'https://app.test/', /without a path/],
    ['ATTESTED_PUBLIC_URL', 'register.test', /https:/],
    ['ATTESTED_PUBLIC_URL', 'ftp://register.test', /https:/],
    ['ATTESTED_HOST_NAMES', 'https://register.test', /register\.example\.org/],
    ['ATTESTED_HOST_NAMES', 'register.test:3000', /without a port/],
    ['ATTESTED_LOG_LEVEL', 'loud', /info/],
  ])('%s=%s is refused with a message that says what to write', (name, value, hint) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(`The configuration cannot be used: ${name}: `);
    expect(read).toThrow(hint);
  });

  it('all faults are reported at once, with the names of all settings', () => {
    const read = () => readConfig({ ATTESTED_PORT: 'x', ATTESTED_READS: 'x', ATTESTED_HOSTS: 'x' });
    expect(read).toThrow(/ATTESTED_PORT: .*ATTESTED_READS: .*unknown setting ATTESTED_HOSTS; there are /);
    for (const { name } of settingDocs) expect(read).toThrow(name);
  });

  it('variables of other programs are ignored', () => {
    expect(readConfig({ HOME: '/', PATH: '/bin', DATABASE_URL: 'x' })).toEqual(readConfig({}));
  });

  it('every setting has a description', () => {
    for (const { name, description } of settingDocs) {
      expect(name).toMatch(/^ATTESTED_[A-Z_]+$/);
      expect(description).toMatch(/\.$/);
    }
  });
});
