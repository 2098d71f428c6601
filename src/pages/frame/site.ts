import type { List } from '../../resources/list.js';
import type { ResourceContext } from '../../resources/routes.js';
import type { Resource } from '../../resources/service.js';
import type { Renderer } from '../../workers/renderer.js';
import type { PageCache } from './page-cache.service.js';

/** What pages read from: the lists and services that the API answers with. */
export interface Site extends ResourceContext {
  renderer: Renderer;
  lists: Record<Resource['noun']['name'], List>;
  /** The address under which clients reach the service; empty where it does not know that. */
  origin: string;
  pages: PageCache;
}
