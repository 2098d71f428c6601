import { setTimeout as sleep } from 'node:timers/promises';

/** Clients that write, and look at what they wrote through another instance, as a proxy would have it. */
export class Load {
  /** Keys of what was acknowledged, and of what was sent but never answered. */
  readonly acknowledged: string[] = [];
  readonly unanswered: string[] = [];
  readonly failures: string[] = [];
  /** Reads of an acknowledged write that did not find it. */
  unseen = 0;
  reads = 0;
  /** Answers 503. */
  refused = 0;
  private sent = 0;
  private going = false;
  private clients: Promise<void>[] = [];
  private waiting: (() => void) | null = null;

  constructor(
    private readonly instances: string[],
    private readonly key: string,
  ) {}

  begin(clients: number): void {
    this.going = true;
    this.clients = Array.from({ length: clients }, () => this.client());
  }

  async end(): Promise<void> {
    this.going = false;
    await Promise.all(this.clients);
  }

  /** Milliseconds from an instant to the next write that is sent after it and acknowledged. */
  nextWrite(since: number): Promise<number> {
    return new Promise((resolve) => {
      this.waiting = () => resolve(performance.now() - since);
    });
  }

  private async client(): Promise<void> {
    while (this.going) {
      const marker = `write-${++this.sent}`;
      if (await this.write(marker)) await this.read(marker);
    }
  }

  /** Sent again with the same Idempotency-Key until it is answered, or the load ends. */
  private async write(marker: string): Promise<boolean> {
    const headers = {
      authorization: `Bearer ${this.key}`,
      'content-type': 'application/json',
      'idempotency-key': marker,
    };
    const body = JSON.stringify({ key: marker, kind: 'other', name: marker });
    while (this.going) {
      const heard = this.waiting;
      const answer = await this.send('/v1/parties', { method: 'POST', headers, body });
      if (answer === 201) {
        this.acknowledged.push(marker);
        if (heard && heard === this.waiting) {
          this.waiting = null;
          heard();
        }
        return true;
      }
      if (answer !== 503) this.failures.push(`${marker}: ${answer}`);
      await sleep(20);
    }
    this.unanswered.push(marker);
    return false;
  }

  private async read(marker: string): Promise<void> {
    const answer = await this.send(`/v1/parties/${marker}`, {});
    if (answer === 404) this.unseen += 1;
    else if (answer === 200) this.reads += 1;
    else if (answer !== 503) this.failures.push(`reading ${marker}: ${answer}`);
  }

  private async send(path: string, options: RequestInit): Promise<number> {
    const instance = this.instances[Math.floor(Math.random() * this.instances.length)]!;
    const response = await fetch(instance + path, options);
    await response.text();
    if (response.status === 503) this.refused += 1;
    return response.status;
  }
}
