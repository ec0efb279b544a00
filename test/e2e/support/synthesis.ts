import { join } from 'node:path';
import { App, LocalBackend, TerraformStack } from 'cdktf';

/** Synthesizes a stack, with a state that outlives the next synthesis; answers the stack's folder. */
export function synthesized(folder: string, name: string, build: (stack: TerraformStack) => void): string {
  const app = new App({ outdir: folder });
  const stack = new TerraformStack(app, name);
  new LocalBackend(stack, { path: join(folder, `${name}.tfstate`) }); // else in the working directory
  build(stack);
  app.synth();
  return join(folder, 'stacks', name);
}
