import { join } from 'node:path';
import { App, LocalBackend, TerraformStack } from 'cdktf';

/** Synthesizes a stack, with a state that outlives the next synthesis; answers the stack's folder. */
export function synthesized(folder: string, name: string, build: (stack: TerraformStack) => void): string {
  return synthesizedStack(folder, name, (app) => {
    const stack = new TerraformStack(app, name);
    build(stack);
    return stack;
  });
}

/** The same of what is a stack itself. */
export function synthesizedStack(folder: string, name: string, make: (app: App) => TerraformStack): string {
  const app = new App({ outdir: folder });
  new LocalBackend(make(app), { path: join(folder, `${name}.tfstate`) }); // else in the working directory
  app.synth();
  return join(folder, 'stacks', name);
}
