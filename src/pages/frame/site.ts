import type { Kind } from '../../register/items.js';
import type { List } from '../../register/list.js';
import type { RegisterContext } from '../../register/routes.js';
import type { Renderer } from '../../workers/renderer.js';

/** What pages read from: the lists and services that the API answers with. */
export interface Site extends RegisterContext {
  renderer: Renderer;
  lists: Record<Kind['noun']['name'], List>;
  /** The address under which clients reach the service; empty where it does not know that. */
  origin: string;
}
