import './people-browser.test.ts';
