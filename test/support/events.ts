import http from 'node:http';

/** A reader of server-sent events, as strict as the format (WHATWG HTML, 9.2). */

export interface Event {
  id: string;
  type: string;
  data: string;
}

export interface EventStream {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** What has arrived and was not taken yet. */
  events: Event[];
  comments: string[];
  /** The id to come back with. */
  lastId: string;
  /** Resolves when the server has ended the answer, or the connection. */
  ended: Promise<'ended' | 'cut'>;
  response: http.IncomingMessage;
  /** Cuts the connection as a client does that dies. */
  kill(): void;
}

export function openEvents(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers, agent: false }, (response) => {
      let text = '';
      let end = (_: 'ended' | 'cut') => {};
      const stream: EventStream = {
        status: response.statusCode!,
        headers: response.headers,
        events: [],
        comments: [],
        lastId: '',
        ended: new Promise((settle) => {
          end = settle;
        }),
        response,
        kill: () => request.destroy(),
      };
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
          take(stream, text.slice(0, at));
          text = text.slice(at + 2);
        }
      });
      response.on('end', () => end('ended'));
      response.on('error', () => end('cut'));
      response.on('close', () => end('cut'));
      resolve(stream);
    });
    request.on('error', reject);
  });
}

function take(stream: EventStream, block: string): void {
  let type = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/.exec(line)!;
    if (field === '') stream.comments.push(value ?? '');
    if (field === 'id') stream.lastId = value!;
    if (field === 'event') type = value!;
    if (field === 'data') data.push(value!);
  }
  if (data.length > 0) stream.events.push({ id: stream.lastId, type, data: data.join('\n') });
}
