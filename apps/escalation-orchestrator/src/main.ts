import module from 'node:module';

// Compiled code is kept between starts: a restarted replica takes its partitions sooner.
module.enableCompileCache?.();
await (await import('./serve.js')).serve();
