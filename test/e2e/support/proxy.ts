import { createServer } from 'node:http';
import { freePort } from './cloud';

/** What a proxy does to what it passes on. */
export interface Proxy {
  readonly url: string;
  /** Paths of the objects that were put, in the order they came. */
  readonly puts: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts a proxy in front of a server.
 *
 * @param change `body`: the last byte of what is put is another one; `answer`: the checksum in the answer is another one
 */
export async function startProxy(target: string, change?: 'body' | 'answer'): Promise<Proxy> {
  const puts: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method, headers, url = '' } = request;
    if (method === 'PUT') {
      puts.push(url);
      if (change === 'body') body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
    }
    const passed = Object.entries(headers).filter(([name]) => !/^(host|connection|expect|content-length)$/.test(name));
    const answer = await fetch(new URL(url, target), {
      ...{ method, headers: passed as [string, string][] },
      ...(body.length > 0 && { body }),
    });
    const told = Object.fromEntries(answer.headers);
    if (change === 'answer') told['x-amz-checksum-sha256'] = `${'A'.repeat(43)}=`;
    response.writeHead(answer.status, told).end(Buffer.from(await answer.arrayBuffer()));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  server.unref(); // a test that fails before it stops this one must still end
  return {
    url: `http://127.0.0.1:${port}`,
    puts,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
