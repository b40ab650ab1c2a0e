import tseslint from 'typescript-eslint';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';

/** What a folder of `lib` may not import: the arrows point one way (see CONTRIBUTING.md). */
const LAYERS = {
  core: ['trino', 'aws', 'kubernetes', 'catalogs', 'platform'],
  trino: ['aws', 'kubernetes', 'catalogs', 'platform'],
  aws: ['trino', 'kubernetes', 'catalogs', 'platform'],
  kubernetes: ['trino', 'catalogs', 'platform'],
  catalogs: ['platform'],
  platform: [],
};
const OUTSIDE_LIB = ['./stacks', './local', './cli', './tools', './examples', './test'];

const zones = [
  ...Object.entries(LAYERS).map(([layer, above]) => ({
    target: `./lib/${layer}`,
    from: [...above.map((name) => `./lib/${name}`), ...OUTSIDE_LIB],
    message: 'Imports between the folders of lib point one way.',
  })),
  {
    target: './stacks',
    from: ['./local', './cli', './tools', './examples', './test'],
    message: 'stacks knows lib only.',
  },
  { target: './cli', from: ['./local', './tools', './examples', './test'], message: 'cli knows stacks and lib only.' },
  {
    target: './local',
    from: ['./cli', './tools', './examples', './test'],
    message: 'local knows stacks and lib only.',
  },
  {
    target: './examples',
    from: ['./local', './cli', './tools', './test'],
    message: 'examples know stacks and lib only.',
  },
];

const PROVIDER_INDEX = {
  regex: '^@cdktf/provider-[a-z]+(/lib(/index)?)?$',
  message: 'Import one resource from its own path: the package index costs 11 times the time and 9 times the memory.',
};
const CDKTF = {
  regex: '^(cdktf|constructs|@cdktf/.*)$',
  message: 'lib/core and lib/trino are plain TypeScript without a cloud in them.',
};

const INSTANCE_OF = {
  selector: "BinaryExpression[operator='instanceof']:not([right.name=/Error$/])",
  message: 'Packages get duplicated on disk: compare by a brand or a member instead.',
};
const DEFAULT_IN_OBJECT =
  'SpreadElement[argument.name=/DEFAULT/], Property[key.type="Identifier"][value.name=/DEFAULT/]';
const SPREAD_OVER_DEFAULTS = {
  selector: `ObjectExpression > :matches(${DEFAULT_IN_OBJECT}) ~ SpreadElement`,
  message: 'An option that is passed on as undefined would take the default away: use withDefaults.',
};

/** Our values that say in text what they are. */
const PRINTABLE = ['DataSize', 'Cpu', 'Duration', 'SecretRef'];

export default tseslint.config(
  { ignores: ['dist/', 'cdktf.out/', '.local/', 'node_modules/'] },
  ...tseslint.configs.strict,
  { languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.mjs', '*.js', 'tools/*.mjs'] } } } },
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    // Without it no import of ours is found, and none is restricted.
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })] },
    extends: [...tseslint.configs.strictTypeCheckedOnly],
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-restricted-imports': ['error', { patterns: [PROVIDER_INDEX] }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allow: [{ from: 'file', name: PRINTABLE }] },
      ],
      'no-restricted-syntax': ['error', INSTANCE_OF],
      // A module of types alone is not loaded.
      '@typescript-eslint/consistent-type-exports': 'error',
    },
  },
  {
    files: ['lib/**/*.ts', 'stacks/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', INSTANCE_OF, SPREAD_OVER_DEFAULTS] },
  },
  {
    files: ['lib/core/**/*.ts', 'lib/trino/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [PROVIDER_INDEX, CDKTF] }] },
  },
  {
    files: ['test/**/*.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': ['warn', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      // Matchers like expect.any() are of type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['**/*.js', 'jest.config.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
