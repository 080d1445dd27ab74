export * from './gemm';
export * from './cellwise';
export * from './layout';
export * from './noise';
