import { nodeBundle } from './node-bundle.ts';

/** The main process. Used by the scripts here and, through forge.config.ts, for packaging. */
export default nodeBundle('main');
