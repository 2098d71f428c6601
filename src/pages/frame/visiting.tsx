import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Visit } from './page.js';

/** What every part of a page may ask for, without being handed it. */
export const Visiting = createContext<Visit | null>(null);

export function useVisit(): Visit {
  const visit = useContext(Visiting);
  if (!visit) throw new Error('a part of a page was rendered outside of its layout');
  return visit;
}
