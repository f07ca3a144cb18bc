import { nodeBundle } from './node-bundle.ts';

/** The thread in which the download engine writes, reads and hashes files. */
export default nodeBundle('downloads/disk/disk-thread', 'disk-thread');
