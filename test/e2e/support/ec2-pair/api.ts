import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A call of an AWS API, as a host made it. */
export interface Call {
  readonly host: string;
  /** Of EC2, or of CloudWatch. */
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly status: number;
}

/** What a host finds at 169.254.169.254. */
export interface Metadata {
  readonly interfaceId: string;
  readonly role: string;
  readonly credentials: object;
}

/** What a host's calls meet: an answer other than that of the cloud, or none. */
export type Trouble = (action: string) => 'none' | 'fails' | 'hangs';

/** What hosts see of AWS: its APIs, passed on to a cloud and written down, and metadata that want a token (IMDSv2). */
export class Api {
  public readonly calls: Call[] = [];
  private readonly servers: { readonly path: string; readonly close: () => void }[] = [];
  private readonly troubles = new Map<string, Trouble>();

  constructor(private readonly cloud: string) {}

  /** Opens a door for a host: a socket, since it is in a network of its own. */
  open(host: string, path: string, metadata: Metadata | 'hangs' | undefined): Promise<void> {
    const server = createServer((request, response) => {
      const answered = request.url?.startsWith('/latest/')
        ? answerMetadata(request, response, metadata)
        : this.pass(host, request, response);
      answered.catch(() => response.destroy());
    });
    this.servers.push({
      path,
      close: () => {
        server.closeAllConnections();
        server.close();
      },
    });
    return new Promise((resolve) => server.listen(path, resolve));
  }

  /** From now on this is what calls of a host meet. */
  trouble(host: string, trouble: Trouble): void {
    this.troubles.set(host, trouble);
  }

  /** Calls of an action since a moment, those of one host if it is said. */
  of(action: string, { since = 0, host }: { readonly since?: number; readonly host?: string } = {}): Call[] {
    return this.calls.filter(
      (call) => call.action === action && call.at >= since && (host === undefined || call.host === host),
    );
  }

  close(): void {
    for (const { path, close } of this.servers) {
      close();
      rmSync(path, { force: true });
    }
  }

  private async pass(host: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = Date.now();
    const body = await bodyOf(request);
    const target = request.headers['x-amz-target'];
    const parameters = parametersOf(body.toString(), target === undefined ? 'query' : 'json');
    const action = parameters.Action ?? `${target}`.replace(/.*\./, '');
    const write = (status: number) => this.calls.push({ host, action, parameters, at, status });
    const trouble = this.troubles.get(host)?.(action) ?? 'none';
    if (trouble === 'hangs') {
      write(0);
      return;
    }
    if (trouble === 'fails') {
      write(503);
      response.writeHead(503).end('<Response><Errors><Error><Code>Unavailable</Code></Error></Errors></Response>');
      return;
    }
    const headers = Object.entries(request.headers).filter(
      ([name]) => !/^(host|connection|expect|content-length)$/.test(name),
    );
    const answer = await fetch(new URL(request.url ?? '/', this.cloud), {
      ...{ method: request.method ?? 'POST', headers: headers as [string, string][] },
      ...(body.length > 0 && { body }),
    });
    write(answer.status);
    const text = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' }).end(text);
  }
}

/** Parameters as EC2 gets them, or as CloudWatch does: what is no text there is JSON here. */
function parametersOf(body: string, protocol: 'query' | 'json'): Readonly<Record<string, string>> {
  if (protocol === 'query') return Object.fromEntries(new URLSearchParams(body));
  return Object.fromEntries(
    Object.entries(JSON.parse(body) as object).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

const TOKEN = 'a-token';

async function answerMetadata(
  request: IncomingMessage,
  response: ServerResponse,
  metadata: Metadata | 'hangs' | undefined,
) {
  if (metadata === 'hangs') return;
  if (metadata === undefined) {
    response.writeHead(404).end();
    return;
  }
  const { method, url = '', headers } = request;
  if (method === 'PUT' && url === '/latest/api/token') {
    response.writeHead(200).end(TOKEN);
    return;
  }
  const answers: Readonly<Record<string, string>> = {
    mac: '02:00:00:00:00:01',
    'network/interfaces/macs/02:00:00:00:00:01/interface-id': metadata.interfaceId,
    'iam/security-credentials/': metadata.role,
    [`iam/security-credentials/${metadata.role}`]: JSON.stringify(metadata.credentials),
  };
  const answer = answers[url.replace('/latest/meta-data/', '')];
  if (headers['x-aws-ec2-metadata-token'] !== TOKEN) response.writeHead(401).end();
  else if (answer === undefined) response.writeHead(404).end();
  else response.writeHead(200).end(answer);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
