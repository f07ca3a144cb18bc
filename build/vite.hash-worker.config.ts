import { nodeBundle } from './node-bundle.ts';

/** The thread that reads files for manifests, for the main process and for the command line. */
export default nodeBundle('manifest/hash-worker', 'hash-worker');
