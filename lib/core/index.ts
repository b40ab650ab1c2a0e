export * from './chart-keys';
export * from './naming';
export * from './quantity';
export * from './secret-ref';
export * from './terraform-text';
export * from './validation';
