import tseslint from 'typescript-eslint';

/** Few rules, each for a mistake that costs an evening; how code looks is prettier's. */
export default tseslint.config(
  { ignores: ['**/dist/', '**/dist-browser/', '**/node_modules/', 'coverage/', '.baton/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A promise that nobody waits for loses its error, and with it a message.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      // A new floor, event or outcome must be decided everywhere it matters.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Types go away at run time; what Nest injects must stay.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-object-type': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    // Services speak through their logger, which knows what must not be logged.
    files: ['libs/*/src/**/*.ts', 'apps/{webhook-ingress,escalation-orchestrator,channel-dispatcher,control-plane}/src/**/*.ts'],
    ignores: ['**/cli/**', '**/*.spec.ts'],
    rules: { 'no-console': 'error' },
  },
);
