import type { ServerProgram } from './run-server.ts';

/** Bytes a second of one connection under `/slow/`. */
export const SLOW = 2_000_000;
/** Connections at a time under `/few/`. */
export const FEW = 2;

/**
 * nginx with all of its own in one folder. Under `/slow/` bytes come slowly; under `/few/` too many connections are
 * refused with 429, under `/busy/` with 503; under `/once/` each connection is for one request.
 */
export const nginx: ServerProgram = {
  name: 'nginx',
  writesLogOn: null,
  args: (configFile, folder) => ['-p', folder, '-e', `${folder}/error.log`, '-c', configFile],
  config: ({ folder, root, port }) => `
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    daemon off;
    worker_processes 1;
    pid ${folder}/nginx.pid;
    error_log ${folder}/error.log;
    events { worker_connections 256; }
    http {
      client_body_temp_path ${folder}/temp;
      proxy_temp_path ${folder}/temp;
      fastcgi_temp_path ${folder}/temp;
      uwsgi_temp_path ${folder}/temp;
      scgi_temp_path ${folder}/temp;
      default_type application/octet-stream;
      log_format plain '$uri $status $http_range';
      access_log ${folder}/requests.log plain;
      limit_conn_zone $server_port zone=all:1m;
      server {
        listen 127.0.0.1:${port};
        root ${root};
        location /slow/ { alias ${root}/; limit_rate ${SLOW}; }
        location /few/ { alias ${root}/; limit_rate ${SLOW}; limit_conn all ${FEW}; limit_conn_status 429; }
        location /busy/ { alias ${root}/; limit_rate ${SLOW}; limit_conn all ${FEW}; limit_conn_status 503; }
        location /once/ { alias ${root}/; keepalive_timeout 0; }
      }
    }`,
};
