import { Lazy } from 'cdktf';
import { Size } from 'nines';
import type { Refused } from './refused';

const PROXY = { name: 'proxy', image: 'envoyproxy/envoy:v1.31.0' };
const TOKEN = 'a token, whose value is known only after deployment';
const LATER = Lazy.stringValue({ produce: () => 'later' });

const MOVES = (prop: string, got: string) =>
  `${prop} must name a tag other than 'latest', or a digest, got ${got}; ` +
  "write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed";

const IMAGES: readonly Refused[] = [
  [
    'an image without a tag',
    { image: 'registry.example.com:5000/shop' },
    MOVES('image', "'registry.example.com:5000/shop'"),
  ],
  ['an image whose tag moves', { image: 'shop:latest' }, MOVES('image', "'shop:latest'")],
  ['an image that Terraform knows later', { image: LATER }, MOVES('image', TOKEN)],
  ['a digest that is cut off', { image: 'shop@sha256:0123' }, MOVES('image', "'shop@sha256:0123'")],
  [
    'the image of a sidecar whose tag moves',
    { sidecars: [PROXY, { name: 'logs', image: 'fluent' }] },
    MOVES('sidecars[1].image', "'fluent'"),
  ],
];

const VARIABLES: readonly Refused[] = [
  ['no arguments', { args: [] }, "args must hold an argument, got none; leave it out for the image's own"],
  ['arguments as text', { args: 'serve' }, "args must be a list, got 'serve'; write it as in [ … ]"],
  [
    'an argument that is missing',
    { args: ['a', undefined] },
    'args[1] must be text, got undefined; put it in quotes, or set what it is read from',
  ],
  [
    'an argument that Terraform knows later',
    { args: [LATER] },
    `args[0] must be known at synthesis, got ${TOKEN}; write the text itself`,
  ],
  ['variables as text', { environment: 'A=1' }, "environment must be an object, got 'A=1'; write it as in { … }"],
  ['secrets as a list', { secrets: ['db'] }, "secrets must be an object, got 'db'; write it as in { … }"],
  [
    'a variable with a space',
    { environment: { 'A B': '1' } },
    "environment and secrets must have names of letters, digits and _, got 'A B'; rename it",
  ],
  [
    'a secret with a space',
    { secrets: { 'A B': { secret: 'a', key: 'b' } } },
    "environment and secrets must have names of letters, digits and _, got 'A B'; rename it",
  ],
  [
    'a variable and a secret of one name',
    { environment: { DB: 'x' }, secrets: { DB: { secret: 'a', key: 'b' } } },
    "secrets must not repeat a name of environment, got 'DB'; keep one of them",
  ],
  [
    'a variable that is not set',
    { environment: { DB: undefined } },
    "environment['DB'] must be text, got undefined; put it in quotes, or set what it is read from",
  ],
  [
    'a variable that Terraform knows later',
    { environment: { DB: LATER } },
    `environment['DB'] must be known at synthesis, got ${TOKEN}; write the text itself`,
  ],
  [
    'a secret in clear text, which it does not show',
    { secrets: { DB_PASSWORD: 'hunter2' } },
    "secrets['DB_PASSWORD'] must name a Secret and a key, got something else; write it as in { secret: 'shop', key: 'url' }",
  ],
  [
    'a secret without a name',
    { secrets: { DB: { key: 'url' } } },
    "secrets['DB'].secret must be the name of an object, got null; write it in lower-case letters, digits, hyphens and dots",
  ],
  [
    'a key with a slash',
    { secrets: { DB: { secret: 'shop', key: 'a/b' } } },
    "secrets['DB'].key must be a key of letters, digits, '-', '_' and '.', got 'a/b'; fix it",
  ],
  ['ConfigMaps as text', { configMaps: 'shop' }, "configMaps must be a list, got 'shop'; write it as in [ … ]"],
  [
    'a ConfigMap in capitals',
    { configMaps: ['shop', 'Shop'] },
    "configMaps[1] must be the name of an object, got 'Shop'; write it in lower-case letters, digits, hyphens and dots",
  ],
];

const CPU = (prop: string, got: string) =>
  `${prop} must be a number of CPUs as Kubernetes writes it, got ${got}; write it as in '500m' or '2'`;

const RESOURCES: readonly Refused[] = [
  ['resources as text', { resources: 'large' }, "resources must be an object, got 'large'; write it as in { … }"],
  [
    'a burst that is true',
    { resources: { allowBurstTo: true } },
    'resources.allowBurstTo must be an object, got true; write it as in { … }',
  ],
  ['no CPU', { resources: { cpu: '0' } }, CPU('resources.cpu', "'0'")],
  ['CPUs as a number', { resources: { cpu: 2 } }, CPU('resources.cpu', '2')],
  ['CPUs in another unit', { resources: { cpu: '2 cores' } }, CPU('resources.cpu', "'2 cores'")],
  [
    'memory as text',
    { resources: { memory: '512Mi' } },
    "resources.memory must be a Size, got '512Mi'; write Size.gibibytes(…)",
  ],
  [
    'memory of a fraction',
    { resources: { memory: Size.kibibytes(1536) } },
    'resources.memory in MiB must be a whole number of at least 1, got 1.5; write Size.mebibytes(…)',
  ],
  [
    'a burst to CPUs in another unit',
    { resources: { allowBurstTo: { cpu: 'all' } } },
    CPU('resources.allowBurstTo.cpu', "'all'"),
  ],
  [
    'a burst to memory as text',
    { resources: { allowBurstTo: { memory: '1Gi' } } },
    "resources.allowBurstTo.memory must be a Size, got '1Gi'; write Size.gibibytes(…)",
  ],
  [
    'a burst to fewer CPUs',
    { resources: { cpu: '2', allowBurstTo: { cpu: '1999m' } } },
    "resources.allowBurstTo.cpu must be at least what is asked for ('2'), got '1999m'; raise it, or ask for less",
  ],
  [
    'a burst to less memory',
    { resources: { allowBurstTo: { memory: Size.mebibytes(511) } } },
    'resources.allowBurstTo.memory must be at least what is asked for (512 MiB), got 511 MiB; raise it, or ask for less',
  ],
];

const REST: readonly Refused[] = [
  [
    'root',
    { runAsUser: 0 },
    'runAsUser must be a whole number from 1 to 2147483647, got 0; 0 is root, which is refused',
  ],
  [
    'the name of a user',
    { runAsUser: 'node' },
    "runAsUser must be a whole number from 1 to 2147483647, got 'node'; 0 is root, which is refused",
  ],
  ['a path as text', { writablePaths: '/tmp' }, "writablePaths must be a list, got '/tmp'; write it as in [ … ]"],
  [
    'a relative path',
    { writablePaths: ['tmp'] },
    "writablePaths[0] must be an absolute path below the root, got 'tmp'; write it as in '/var/cache'",
  ],
  [
    'the root as writable',
    { writablePaths: ['/'] },
    "writablePaths[0] must be an absolute path below the root, got '/'; write it as in '/var/cache'",
  ],
  [
    'a path twice',
    { writablePaths: ['/a', '/a'] },
    "writablePaths must not repeat a path, got '/a', '/a'; keep one of each",
  ],
  [
    'one sidecar in place of a list',
    { sidecars: PROXY },
    'sidecars must be a list, got an object; write it as in [ … ]',
  ],
  [
    'the image in place of a sidecar',
    { sidecars: ['envoy:1'] },
    "sidecars[0] must be an object, got 'envoy:1'; write it as in { … }",
  ],
  [
    'a sidecar without a name',
    { sidecars: [{ image: 'envoy:1' }] },
    "sidecars[0].name must be at most 40 lower-case letters, digits and hyphens, got undefined; write it as in 'proxy'",
  ],
  [
    'a sidecar that is called like the server',
    { sidecars: [{ ...PROXY, name: 'web' }] },
    "sidecars[0].name must be another than those of the other containers, got 'web'; rename it",
  ],
  [
    'two sidecars of one name',
    { sidecars: [PROXY, PROXY] },
    "sidecars[1].name must be another than those of the other containers, got 'proxy'; rename it",
  ],
  [
    'a sidecar as root',
    { sidecars: [{ ...PROXY, runAsUser: 0 }] },
    'sidecars[0].runAsUser must be a whole number from 1 to 2147483647, got 0; 0 is root, which is refused',
  ],
];

/** Containers that are refused. */
export const CONTAINERS: readonly Refused[] = [...IMAGES, ...VARIABLES, ...RESOURCES, ...REST];
