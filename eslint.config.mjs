// Biome formats and lints; ESLint adds what needs types (forgotten and misused promises) and what the compiler's output breaks.
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'web/**', 'scripts/**', '*.mjs', '*.js'] },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':matches(:function, TSParameterProperty) > Identifier[name=/^(exports|module|require)$/]',
          message: 'A parameter of this name hides what compiled CommonJS modules use for their own exports.',
        },
      ],
    },
  },
);
