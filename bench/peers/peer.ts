import type { Server } from '../processes.js';
import { claimLine, groundLines } from '../sample.js';

/** A request that changes something. */
export interface Send {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A program that holds the sample and answers for it; ours, or another one. */
export interface Peer {
  name: string;
  server: Server;
  /** The file that it keeps the sample in. */
  file: string;
  health: string;
  /** A claim with its attributions and the names of what they refer to: the requests that it takes. */
  item(number: number): string[];
  /** Fifty claims as they are listed, and with the names of what they refer to. */
  page: string;
  expanded: string;
  /** A claim with three attributions, in one transaction; null where it cannot be written. */
  create: ((number: number) => Send) | null;
}

/** Makes a peer ready to serve the sample from this folder; throws where it cannot be installed here. */
export type Open = (folder: string, claims: number) => Promise<Peer>;

export interface Attribution {
  party: string;
  source: string;
  stance: string;
  said: string;
  quote: { exact: string };
  locator: { page: string; paragraph: string };
}

export interface Claim {
  key: string;
  text: string;
  subject: string;
  predicate: string;
  value: { value: string; unit: string };
  occurred: string;
  attributions: Attribution[];
}

export const claimOf = (number: number, claims: number): Claim =>
  (JSON.parse(claimLine(number, claims)) as { claim: Claim }).claim;

export interface Named {
  noun: 'party' | 'source' | 'predicate';
  key: string;
  name: string;
}

/** What the claims refer to. */
export function groundOf(claims: number): Named[] {
  return Array.from(groundLines(claims), (line) => {
    const [[noun, body]] = Object.entries(JSON.parse(line)) as [[Named['noun'], Record<string, string>]];
    return { noun, key: body.key!, name: (body.name ?? body.title ?? body.label)! };
  });
}
