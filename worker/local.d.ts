/** True only in what `npm start` and the tests build; the production build says false, and drops what stands behind it. */
declare const LOCAL: boolean
