import './exhaustive.test.ts';
