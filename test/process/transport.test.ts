import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { effort } from '../support/effort.js';
import { newDatabase, newKey, type Server, startServer } from '../support/server.js';

/** Requests as bytes on a socket: what no HTTP client would send. */

const database = newDatabase();
let server: Server;
let key = '';
beforeAll(async () => {
  key = await newKey(database);
  server = await startServer(database, {
    ATTESTED_LOG_LEVEL: 'info',
    ATTESTED_CORS_ORIGINS: '*',
    ATTESTED_HOST_NAMES: 'register.test,a',
  });
});

interface Exchange {
  /** Everything that came back. */
  text: string;
  /** Whether the server closed the connection. */
  closed: boolean;
}

/** Sends bytes and takes what comes until the server closes the connection, or for a while. */
function exchange(bytes: string | Buffer, wait = 5_000): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = net.connect(server.port, '127.0.0.1');
    let text = '';
    let closed = true;
    const late = setTimeout(() => {
      closed = false;
      socket.destroy();
    }, wait);
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    // A reset can follow an answer to a request whose body was left unread.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(late);
      resolve({ text, closed });
    });
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  });
}

interface Answer {
  status: number;
  headers: Map<string, string>;
  body: string;
}

/** The answers in a stream of bytes, by their Content-Length. */
function answersIn(text: string): Answer[] {
  const answers: Answer[] = [];
  for (let rest = text; rest !== ''; ) {
    const end = rest.indexOf('\r\n\r\n');
    const [line = '', ...fields] = rest.slice(0, end).split('\r\n');
    const headers = new Map(
      fields.map((field) => [field.split(':', 1)[0]!.toLowerCase(), field.slice(field.indexOf(':') + 2)]),
    );
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]);
    if (end < 0 || !status) throw new Error(`no answer: ${rest.slice(0, 200)}`);
    const length = Number(headers.get('content-length') ?? 0);
    answers.push({ status, headers, body: rest.slice(end + 4, end + 4 + length) });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}

const host = 'Host: register.test\r\nConnection: close\r\n';
const party = '{"kind":"other","name":"sent over a socket"}';
const size = party.length;
const chunks = `${size.toString(16)}\r\n${party}\r\n0\r\n\r\n`;
const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\n${host}${headers}\r\n`;
const post = (headers: string, body: string) =>
  `POST /v1/parties HTTP/1.1\r\n${host}Authorization: Bearer ${key}\r\n` +
  `Content-Type: application/json\r\n${headers}\r\n${body}`;

const countParties = async () => {
  const response = await fetch(`${server.base}/v1/parties?count=exact`);
  return ((await response.json()) as { total: number }).total;
};

/** By their number in the list of hostile inputs. */
const refused: [name: string, bytes: () => string | Buffer, status: number][] = [
  [
    '1 Content-Length and Transfer-Encoding',
    () => post(`Content-Length: ${size}\r\nTransfer-Encoding: chunked\r\n`, chunks),
    400,
  ],
  [
    '2 two Content-Lengths',
    () => post(`Content-Length: ${size}\r\nContent-Length: ${size + 1}\r\n`, party),
    400,
  ],
  ['3 a list as Content-Length', () => post(`Content-Length: ${size}, ${size}\r\n`, party), 400],
  ['4 Transfer-Encoding: xchunked', () => post('Transfer-Encoding: xchunked\r\n', chunks), 400],
  [
    '5 Transfer-Encoding: identity, chunked',
    () => post('Transfer-Encoding: identity, chunked\r\n', chunks),
    400,
  ],
  ['5 Transfer-Encoding: gzip, chunked', () => post('Transfer-Encoding: gzip, chunked\r\n', chunks), 400],
  [
    '6 a chunk extension with a bare LF',
    () => post('Transfer-Encoding: chunked\r\n', chunks.replace('\r\n', ';a\nb\r\n')),
    400,
  ],
  ['7 a space before the colon', () => get('/livez', 'X-Some : thing\r\n'), 400],
  ['8 a folded header', () => get('/livez', 'X-Some: thing\r\n more\r\n'), 400],
  ['9 bare LFs', () => get('/livez').replaceAll('\r', ''), 400],
  ['10 no Host', () => 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['11 two Hosts', () => get('/livez', 'Host: other.test\r\n'), 400],
  ['11 one Host twice', () => get('/livez', 'host: register.test\r\n'), 400],
  ['12 HTTP/0.9', () => 'GET /livez\r\n\r\n', 400],
  ['12 HTTP/2.0 in plain text', () => get('/livez').replace('HTTP/1.1', 'HTTP/2.0'), 400],
  ['13 an absolute address of another host', () => get('http://evil.test/v1/parties'), 400],
  ['13 an absolute address of another port', () => get('http://register.test:81/v1/parties'), 400],
  ['13 an absolute address with a user', () => get('http://a@register.test/v1/parties'), 400],
  ['13 an address that is no path', () => get('*'), 400],
  ['14 a TLS hello', () => Buffer.from('16030100c6010000c20303', 'hex'), 400],
  ['15 a negative Content-Length', () => post('Content-Length: -1\r\n', party), 400],
  ['16 a huge Content-Length', () => post('Content-Length: 1000000000000000000\r\n', party), 413],
  [
    '17 too many bytes in chunks',
    () => post('Transfer-Encoding: chunked\r\n', `200000\r\n${' '.repeat(0x200000)}\r\n0\r\n\r\n`),
    413,
  ],
  ['18 a body of 2 MiB', () => post(`Content-Length: ${0x200000}\r\n`, ' '.repeat(0x200000)), 413],
  ['19 a header of 20 kB', () => get('/livez', `X-Some: ${'a'.repeat(20_000)}\r\n`), 431],
  ['19 3,000 headers', () => get('/livez', 'A: b\r\n'.repeat(3_000)), 431],
  ['19 201 headers', () => get('/livez', 'A: b\r\n'.repeat(199)), 431],
  ['20 an address of 17 kB', () => get(`/${'a'.repeat(17_000)}`), 431],
  ['20 an id of 10 kB', () => get(`/v1/claims/${'a'.repeat(10_000)}`), 404],
  ['21 NUL in a header', () => get('/livez', 'X-Some: a\0b\r\n'), 400],
  ['21 a raw byte in the address', () => get('/v1/parties/caf\xe9'), 400],
  ['29 a compressed body', () => post(`Content-Encoding: gzip\r\nContent-Length: ${size}\r\n`, party), 415],
  ['31 TRACE', () => get('/v1/claims').replace('GET', 'TRACE'), 405],
  ['31 PROPFIND', () => get('/v1/claims').replace('GET', 'PROPFIND'), 405],
  ['31 FOO', () => get('/v1/claims').replace('GET', 'FOO'), 400],
  ['38 two media types', () => post(`Content-Type: text/plain\r\nContent-Length: ${size}\r\n`, party), 400],
  ['73 broken percent-encoding', () => get('/v1/claims/%zz'), 400],
];

describe('a request that is not valid HTTP/1.1', () => {
  it.each(refused)(
    '%s is refused with a problem, and the connection is closed',
    async (_name, bytes, status) => {
      const before = await countParties();
      const { text, closed } = await exchange(bytes());
      const answers = answersIn(text);
      expect(answers.map((answer) => answer.status)).toEqual([status]);
      const { headers, body } = answers[0]!;
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toMatch(/^request_\w{26}$/);
      expect(JSON.parse(body)).toMatchObject({ status, request_id: headers.get('x-request-id') });
      expect(text).not.toContain('evil.test');
      expect(body.length).toBeLessThan(1_000);
      expect(closed).toBe(true);
      expect(await countParties()).toBe(before);
    },
  );

  it('119 a body of which the client sends half changes nothing, and is no fault of the service', async () => {
    const before = await countParties();
    const id = 'sent-by-half';
    const bytes = post(`X-Request-Id: ${id}\r\nContent-Length: ${size}\r\n`, party.slice(0, size / 2));
    await exchange(bytes, 200);
    const after = { 'x-request-id': 'the-one-after' };
    await fetch(`${server.base}/livez`, { headers: after });
    await server.until(/the-one-after/);
    expect(server.output().stdout).not.toContain('unforeseen');
    expect(await countParties()).toBe(before);
  });

  it('27 an unknown expectation is 417', async () => {
    const { text, closed } = await exchange(post(`Expect: wonders\r\nContent-Length: ${size}\r\n`, party));
    expect(text).toMatch(/^HTTP\/1\.1 417 /);
    expect(closed).toBe(true);
  });

  it('13 CONNECT is closed without an answer', async () => {
    const { text, closed } = await exchange('CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n');
    expect({ text, closed }).toEqual({ text: '', closed: true });
  });

  it('31 a 405 names the permitted methods', async () => {
    const [answer] = answersIn((await exchange(get('/v1/claims').replace('GET', 'TRACE'))).text);
    expect(answer!.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(answer!.body).not.toContain('register.test');
  });
});

describe('an unusual request that is valid', () => {
  const first = async (bytes: string) => answersIn((await exchange(bytes)).text)[0]!;

  it('a chunked body is read, whatever the case of the coding', async () => {
    expect((await first(post('Transfer-Encoding: Chunked\r\n', chunks))).status).toBe(201);
  });

  it('HTTP/1.0 without Host is answered', async () => {
    expect((await first('GET /livez HTTP/1.0\r\n\r\n')).status).toBe(200);
  });

  it('13 an absolute address of the host itself is answered with relative links', async () => {
    await first(post(`Content-Length: ${size}\r\n`, party));
    await first(post(`Content-Length: ${size}\r\n`, party));
    const { status, headers } = await first(get('http://REGISTER.test/v1/parties?limit=1'));
    expect(status).toBe(200);
    expect(headers.get('link')).toMatch(/^<\/v1\/parties\?/);
  });

  it('28 an offer to upgrade is ignored', async () => {
    const upgrade =
      'Host: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
    const { text } = await exchange(`GET /livez HTTP/1.1\r\n${upgrade}\r\n`, 500);
    expect(answersIn(text).map(({ status, body }) => [status, body])).toEqual([[200, '{"status":"ok"}']]);
  });

  it('30 X-HTTP-Method-Override changes nothing', async () => {
    const { headers } = await first(post(`Content-Length: ${size}\r\n`, party));
    const path = headers.get('location')!;
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
      const more = `${name}: DELETE\r\nIf-Match: *\r\nAuthorization: Bearer ${key}\r\n`;
      expect((await first(get(path, more))).status).toBe(200);
    }
    expect((await first(get(path))).status).toBe(200);
  });

  it('32 1,000 pipelined requests are answered in order', async () => {
    const ids = Array.from({ length: 1_000 }, (_, i) => `pipelined-${i}`);
    const requests = ids.map((id) => `GET /livez HTTP/1.1\r\nHost: a\r\nX-Request-Id: ${id}\r\n\r\n`);
    const { text } = await exchange(requests.join('') + get('/livez', 'X-Request-Id: the-last-one\r\n'));
    const answers = answersIn(text);
    expect(answers.map(({ headers }) => headers.get('x-request-id'))).toEqual([...ids, 'the-last-one']);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('a write and invalid bytes after it are answered one after the other', async () => {
    const before = await countParties();
    const bytes = post(`Content-Length: ${size}\r\n`, party).replace('Connection: close\r\n', '');
    const { text, closed } = await exchange(`${bytes}rubbish\r\n\r\n`);
    expect(answersIn(text).map(({ status }) => status)).toEqual([201, 400]);
    expect(closed).toBe(true);
    expect(await countParties()).toBe(before + 1);
  });
});

describe('requests of browsers', () => {
  it('a preflight from any origin is 204 with the permitted methods', async () => {
    const response = await fetch(`${server.base}/v1/claims`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://reader.test',
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,if-match',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,if-match');
    expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('every answer has the security headers, and exposes those of the API', async () => {
    for (const path of ['/v1/claims', '/v1/claims/unknown', '/nowhere', '/docs', '/openapi.json']) {
      const { headers } = await fetch(server.base + path, { headers: { origin: 'https://reader.test' } });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/default-src '(self|none)'/);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.has('x-powered-by') || headers.has('server')).toBe(false);
      expect(headers.get('access-control-expose-headers')).toContain('ETag');
      expect(headers.get('x-request-id')).toMatch(/^request_/);
    }
  });
});

describe('slow clients', () => {
  const EACH = effort(40, 300);
  /** A drop of this is sent each second. */
  const kinds: Record<string, () => string> = {
    '22 headers': () => get('/livez', `X-Some: ${'a'.repeat(60)}\r\n`),
    '23 a body': () => post(`Content-Length: ${size}\r\n`, party),
    '24 silence': () => '',
  };

  /** Sends the headers at once if a body is to be slow; then a byte a second, until the connection ends. */
  function trickle(bytes: string): Promise<Exchange> {
    return new Promise((resolve) => {
      const socket = net.connect(server.port, '127.0.0.1');
      let at = bytes.includes('Content-Length') ? bytes.indexOf('\r\n\r\n') + 4 : 0;
      let text = '';
      if (at > 0) socket.write(bytes.slice(0, at));
      const timer = setInterval(() => {
        if (at < bytes.length && socket.writable) socket.write(bytes[at++]!);
      }, 1_000);
      socket.on('data', (data) => {
        text += data.toString('latin1');
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        resolve({ text, closed: true });
      });
    });
  }

  it(`25 ${EACH} of each kind are cut, and other requests are answered meanwhile`, async () => {
    let running = true;
    const others = (async () => {
      let answered = 0;
      for (; running; answered += 1) {
        expect((await fetch(`${server.base}/v1/parties?limit=1`)).status).toBe(200);
        await sleep(200);
      }
      return answered;
    })();
    const before = await countParties();
    const all = Object.entries(kinds).flatMap(([kind, bytes]) =>
      Array.from({ length: EACH }, async () => ({ kind, ...(await trickle(bytes())) })),
    );
    const ended = await Promise.all(all);
    running = false;
    expect(await others).toBeGreaterThan(10);

    for (const { kind, text } of ended) {
      for (const { status, headers } of answersIn(text)) {
        expect(status, kind).toBe(408);
        expect(headers.get('content-type'), kind).toBe('application/problem+json');
      }
    }
    const answered = ended.filter(({ kind, text }) => kind !== '24 silence' && text.includes(' 408 '));
    expect(answered.length).toBeGreaterThan(EACH);
    expect(await countParties()).toBe(before);
  });
});
