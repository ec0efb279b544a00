import { once } from 'node:events';
import { type Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, createConnection, createServer as createTcpServer, type Server } from 'node:net';

/** An answer as a client gets it. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Milliseconds from the request to the end of the answer. */
  readonly took: number;
}

/** How to ask. */
export interface Asking {
  readonly method?: string;
  readonly host?: string;
  readonly body?: string;
  /** Address that the request comes from. */
  readonly from?: string;
  /** Connections that are kept; without it each request has its own. */
  readonly agent?: Agent;
}

/** Asks once; throws when there is no answer, or none for a minute. */
export async function answer(url: string, { method, host, body, from, agent }: Asking = {}): Promise<Answer> {
  const start = performance.now();
  const asked = request(url, {
    method: method ?? 'GET',
    headers: { ...(host ? { host } : {}), ...(body ? { 'content-length': Buffer.byteLength(body) } : {}) },
    localAddress: from,
    agent: agent ?? false,
    timeout: 60_000,
  });
  asked.on('timeout', () => asked.destroy(new Error(`no answer of ${url} for a minute`)));
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).toString(),
    took: performance.now() - start,
  };
}

/** Sends a POST that names so many bytes, and so many of them; the first line of the answer. */
export async function halfOf(url: string, length: number, sent: number): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  socket.setTimeout(60_000, () => socket.destroy(new Error(`no answer of ${url} for a minute`)));
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${length}\r\n\r\n${'x'.repeat(sent)}`,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString().split('\r\n')[0] ?? '';
}

/** What a server does with a request; `/health` is answered apart. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export const good: Behaviour = (_, response) => {
  response.end('good');
};
export const hangs: Behaviour = () => {};
export const breaksOff: Behaviour = ({ socket }) => {
  socket.destroy();
};
export const failsWith =
  (status: number): Behaviour =>
  (_, response) => {
    response.writeHead(status).end('bad');
  };

/** Tells how many bytes came, once all are there. */
export const counts: Behaviour = (request, response) => {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => response.end(String(bytes)));
};

/** A web server on loopback, whose ways can change. */
export class WebServer {
  /** Starts one on an address of loopback; on a port of choice, so that several have the same. */
  public static async start(address: string, port = 0, behaviour: Behaviour = good): Promise<WebServer> {
    const server = new WebServer(address, behaviour);
    server.server.listen(port, address);
    await once(server.server, 'listening');
    return server;
  }

  /** Whether `/health` says so. */
  public healthy = true;
  /** Requests so far, health checks left out: method and path. */
  public readonly requests: string[] = [];
  /** The most requests that were there at once. */
  public most = 0;
  private now = 0;
  private readonly server = createServer((request, response) => this.serve(request, response));

  private constructor(
    public readonly address: string,
    public behaviour: Behaviour,
  ) {
    this.server.keepAliveTimeout = 60_000;
  }

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === '/health') {
      response.writeHead(this.healthy ? 200 : 503).end();
      return;
    }
    this.requests.push(`${request.method} ${request.url}`);
    this.now += 1;
    this.most = Math.max(this.most, this.now);
    response.on('close', () => {
      this.now -= 1;
    });
    this.behaviour(request, response);
  }
}

/** Ports that nothing listens on, on any address. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  for (let made = 0; made < count; made += 1) {
    const server = createTcpServer().listen(0);
    await once(server, 'listening');
    servers.push(server);
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
