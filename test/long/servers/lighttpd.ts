import type { ServerProgram } from './run-server.ts';

/**
 * lighttpd as it comes, with bytes that come slowly enough to be interrupted. Without its cache it knows at once that a
 * file has changed.
 */
export const lighttpd: ServerProgram = {
  name: 'lighttpd',
  writesLogOn: 'SIGHUP',
  args: (configFile) => ['-D', '-f', configFile],
  config: ({ folder, root, port }) => `
    server.modules = ( "mod_accesslog" )
    server.document-root = "${root}"
    server.bind = "127.0.0.1"
    server.port = ${port}
    server.stat-cache-engine = "disable"
    server.errorlog = "${folder}/error.log"
    accesslog.filename = "${folder}/requests.log"
    accesslog.format = "%U %s %{Range}i"
    connection.kbytes-per-second = 4000
    mimetype.assign = ( "" => "application/octet-stream" )
  `,
};
