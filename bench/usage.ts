import { readFileSync, writeFileSync } from 'node:fs';

/** What a process has used since it began, as Linux counts it. */
export interface Usage {
  /** Seconds of processor time, of all its threads. */
  cpu: number;
  /**
   * Bytes that it handed to the system to be written, be it to files or to sockets. `write_bytes` counts a whole
   * large folio of the page cache, of many pages, when one of them is changed.
   */
  written: number;
  /** Megabytes of memory that it holds, and the most it held since {@link forgetPeak}. */
  resident: number;
  peak: number;
}

/** The kernel tells processor time in hundredths of a second. */
const TICKS = 100;

export function usageOf(pid: number): Usage {
  const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'latin1');
  const number = (text: string, name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
  // The name of the program, in parentheses, may hold spaces.
  const fields = read('stat').split(') ')[1]!.split(' ');
  const status = read('status');
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) / TICKS,
    written: number(read('io'), 'wchar'),
    resident: number(status, 'VmRSS') / 1_024,
    peak: number(status, 'VmHWM') / 1_024,
  };
}

/** Milliseconds that the main thread of this process has run: a busy machine takes nothing away from them. */
export const ran = (): number =>
  Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ', 1)[0]) / 1e6;

export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');
