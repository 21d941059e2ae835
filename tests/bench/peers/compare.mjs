// Is what a peer makes among what broxc makes?
//
//     node compare.mjs OURS THEIRS [--values]
//
// Both are streams of YAML documents. Fails for an object of theirs that we
// don't make, and for one of ours that they don't, though they make others of
// its kind: what a peer leaves out are whole kinds. Prints how many objects
// each holds, and how many are the same value for value, which --values asks of
// all. Passed over are the hash in the name of a ConfigMap with its
// `immutable`, and the account of the secret store.
import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {createRequire} from 'node:module';

const require = createRequire(new URL('../../tools/', import.meta.url));
const {parseAllDocuments} = require('yaml');

const read = (path) => parseAllDocuments(
    readFileSync(path, 'utf8').replace(/-config-[0-9a-z]{10}$/gm, '-config'))
    .map((document) => document.toJS())
    .filter((object) => object !== null);
const identity = ({kind, metadata: {namespace = '', name}}) =>
    `${kind} ${namespace}/${name}`;
const byIdentity = (objects) =>
    new Map(objects.map((object) => [identity(object), object]));

const [oursPath, theirsPath, option] = process.argv.slice(2);
const ours = byIdentity(read(oursPath));
const theirs = byIdentity(read(theirsPath));
let faults = 0;
const complain = (text) => {
    faults++;
    console.error(text);
};

for (const object of ours.values())
    if (object.kind === 'ConfigMap')
        delete object.immutable;
let equal = 0;
for (const [name, object] of theirs)
    if (!ours.has(name))
        complain(`${name} is theirs alone`);
    else if (isDeepStrictEqual(object, ours.get(name)))
        equal++;
    else if (option === '--values')
        complain(`${name} differs:\n  theirs ${JSON.stringify(object)}\n` +
            `  ours   ${JSON.stringify(ours.get(name))}`);

const kinds = new Set([...theirs.values()].map(({kind}) => kind));
for (const [name, {kind}] of ours)
    if (kinds.has(kind) && !theirs.has(name) && !/\/vault-reader$/.test(name))
        complain(`${name} is ours alone`);
if (kinds.size < 10)
    complain(`only ${kinds.size} kinds: ${[...kinds].join(' ')}`);

console.log(`${theirs.size} of our ${ours.size} objects, ` +
    `${equal} the same value for value`);
process.exit(faults === 0 ? 0 : 1);
