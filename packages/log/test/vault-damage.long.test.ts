import './vault-damage.test.ts';
