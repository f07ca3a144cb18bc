/*
 * The list of a very busy year, as a process of its own: a CCA service that signs anybody in and lists as many files
 * for each period as it was started for. Argument: how many. Tells its port once it listens.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { wireStamp } from '../../../electron/demo/wire-format.ts';

const count = Number(process.argv[2]);
const createdOn = wireStamp(Date.now() - 24 * 3600 * 1000);
const expiredOn = wireStamp(Date.now() + 300 * 24 * 3600 * 1000);

/** As the service describes a file of `period`. */
function itemOf(address: string, period: string, number: number): unknown {
  const id = createHash('md5').update(`${period} ${number}`).digest('hex');
  return {
    id,
    createdOn,
    downloadLink: `${address}/v1/files/${id}`,
    fileSize: 10_000 + (number % 1000),
    checksum: id,
    type: 'daily',
    expiredOn,
    downloadAttempts: 0,
    fileName: `CDR_${period}_${String(number).padStart(6, '0')}.zip`,
  };
}

function pageOf(address: string, query: URLSearchParams): string {
  const from = Number(query.get('from'));
  const size = Math.min(Number(query.get('size')), count - from);
  const period = query.get('creationStartDate') ?? '';
  const items = Array.from({ length: Math.max(0, size) }, (_, index) =>
    itemOf(address, period, from + index),
  );
  return JSON.stringify({ total: count, from, size: items.length, items });
}

const token = JSON.stringify({ tokenType: 'Bearer', accessToken: 'token', expiresIn: 43_199 });

const server = createServer((request, response) => {
  const address = `http://${request.headers.host}`;
  const url = new URL(request.url ?? '/', address);
  response.setHeader('content-type', 'application/json');
  response.end(request.method === 'POST' ? token : pageOf(address, url.searchParams));
});
server.listen(0, '127.0.0.1', () => {
  const bound = server.address();
  if (typeof bound === 'object' && bound !== null) process.send?.({ port: bound.port });
});
process.on('disconnect', () => process.exit());
