import { TypeID } from 'typeid-js';
import type { Ids } from '../../src/lib/ids.js';

/** The same ids in every run; they do not sort by creation. */
export function scriptedIds(): Ids {
  let n = 0;
  return (prefix) => {
    const scattered = ((BigInt(++n) * 0x9e3779b97f4bn) & 0xffffffffffffn).toString(16).padStart(12, '0');
    return TypeID.fromUUID(prefix, `018f0000-0000-7000-8000-${scattered}`).toString();
  };
}
