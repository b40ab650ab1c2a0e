export * from './chart-keys';
export * from './cpu';
export * from './data-size';
export * from './duration';
export * from './naming';
export * from './secret-ref';
export * from './terraform-text';
export * from './validation';
