import module from 'node:module';

// Compiled code is kept between starts: a restarted ingress answers sooner.
module.enableCompileCache?.();
await (await import('./serve.js')).serve();
