import module from 'node:module';

// Compiled code is kept between starts: half of a start is compiling.
module.enableCompileCache?.();
const { start } = await import('./start.js');
await start();
