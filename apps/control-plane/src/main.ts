import module from 'node:module';

// Compiled code is kept between starts.
module.enableCompileCache?.();
if (process.argv.includes('--check')) await (await import('./check.js')).check();
else await (await import('./serve.js')).serve();
