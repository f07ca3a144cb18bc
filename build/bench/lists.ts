/** The same files as each program wants to be told of them. Pure. */
import type { ServedFile } from './make-work.ts';

const urlOf = (base: string, file: ServedFile) => `${base}/${encodeURIComponent(file.name)}`;
const lines = (all: readonly string[]) => all.map((line) => `${line}\n`).join('');

/** One JSON object a line, as `cdr-desk get --list` takes it. */
export const jsonLines = (base: string, files: readonly ServedFile[]): string =>
  lines(
    files.map((file) =>
      JSON.stringify({ url: urlOf(base, file), name: file.name, size: file.size, md5: file.md5 }),
    ),
  );

/** For `curl --config`: what to get and what to call it. */
export const curlConfig = (base: string, files: readonly ServedFile[]): string =>
  lines(files.flatMap((file) => [`url = "${urlOf(base, file)}"`, `output = "${file.name}"`]));

/** For `wget2 --input-file`: the files get the last part of the link as their name. */
export const linkList = (base: string, files: readonly ServedFile[]): string =>
  lines(files.map((file) => urlOf(base, file)));

/** For `aria2c --input-file`: options are indented under their link. */
export const aria2Input = (base: string, files: readonly ServedFile[]): string =>
  lines(files.flatMap((file) => [urlOf(base, file), `  out=${file.name}`, `  checksum=md5=${file.md5}`]));

/** For `md5sum --check` in the folder that holds the files. */
export const md5sumList = (files: readonly ServedFile[]): string =>
  lines(files.map(({ md5, name }) => `${md5}  ${name}`));
