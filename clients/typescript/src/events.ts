/** A server-sent event. One without data only moves the place to come back to. */
export interface ServerEvent {
  data: string | null;
  id: string | null;
  /** Milliseconds to wait before coming back, where the server says so. */
  retry: number | null;
}

/**
 * The events of a stream (HTML Living Standard, 9.2). Parsers that are at hand leave out events without data, but the
 * feed sends some: their ids lead over changes that were not asked for.
 */
export async function* eventsIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  let lines: string[] = [];
  for await (const line of linesIn(body)) {
    if (line !== '') lines.push(line);
    else if (lines.length > 0) {
      yield eventOf(lines);
      lines = [];
    }
  }
}

async function* linesIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    // A carriage return at the end may be half of a line break.
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop()!;
    yield* parts;
  }
}

function eventOf(lines: string[]): ServerEvent {
  const event: ServerEvent = { data: null, id: null, retry: null };
  for (const line of lines) {
    const [, name, value = ''] = /^([^:]*):? ?(.*)$/.exec(line)!;
    if (name === 'data') event.data = event.data === null ? value : `${event.data}\n${value}`;
    if (name === 'id') event.id = value;
    if (name === 'retry' && /^\d+$/.test(value)) event.retry = Number(value);
  }
  return event;
}
