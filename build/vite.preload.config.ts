import { nodeBundle } from './node-bundle.ts';

/** The preload script, in one file since a sandboxed preload can't require others. */
export default nodeBundle('preload');
