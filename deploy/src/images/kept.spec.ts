import { describe, expect, it } from '@jest/globals';
import { isKeptOfOurs, isKeptOfPackage } from './kept.js';

const target = { os: 'linux', cpu: 'x64' } as const;

describe('a file of a package', () => {
  it.each([
    ['zod', 'index.js', true],
    ['zod', 'package.json', true],
    ['zod', 'index.d.ts', false],
    ['zod', 'src/index.mts', false],
    ['zod', 'index.js.map', false],
    ['zod', 'README.md', false],
    ['zod', 'LICENSE', true],
    ['zod', 'license.md', true],
    ['zod', 'NOTICE.txt', true],
    ['typeorm', 'browser/index.js', false],
    ['typeorm', 'driver/index.js', true],
    ['zod', 'browser/index.js', true],
    ['rxjs', 'dist/cjs/index.js', true],
    ['rxjs', 'dist/esm5/index.js', false],
    ['onnxruntime-node', 'bin/napi-v6/linux/x64/onnxruntime_binding.node', true],
    ['onnxruntime-node', 'bin/napi-v6/linux/arm64/onnxruntime_binding.node', false],
    ['onnxruntime-node', 'bin/napi-v6/win32/x64/onnxruntime.dll', false],
    ['onnxruntime-node', 'dist/index.js', true],
  ])('%s: %s goes into the image: %s', (name, file, kept) => {
    expect(isKeptOfPackage(name, file, target)).toBe(kept);
  });
});

describe('a file of ours', () => {
  it.each([
    ['main.js', true],
    ['house/rules.json', true],
    ['main.js.map', false],
    ['main.d.ts', false],
    ['.tsbuildinfo', false],
    ['house/rules.spec.js', false],
    ['house/rules.int.spec.js', false],
    ['testing/stage.js', false],
    ['house/testkit/stage.js', false],
    ['contesting/why.js', true],
  ])('%s goes into the image: %s', (file, kept) => {
    expect(isKeptOfOurs(file)).toBe(kept);
  });
});
